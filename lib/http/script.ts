import 'server-only';
import { scriptRuns } from '@/lib/cassandra/run-script';
import type { script } from '@/lib/contract/endpoints';
import type { ScriptLine, ScriptStatementEnd } from '@/lib/contract/scripts';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './to-stream';

/** Lines are sent together when this has passed: a chunk for each would take longer than most statements. */
const SEND_MS = 50;

type Ends = AsyncGenerator<ScriptStatementEnd, void>;

/**
 * The statements of a script as NDJSON.
 * @param run sends nothing more once `stop` is aborted, or `signal`: then its reader has left
 * @throws Failure when nothing of it may run
 */
export function scriptResponse(
  { input, principal, signal }: Pick<RequestContext<typeof script.post>, 'input' | 'principal' | 'signal'>,
  run: (endings: { readonly signal: AbortSignal; readonly stop: AbortSignal }) => Ends,
): Response {
  const [left, stopped] = [new AbortController(), new AbortController()];
  const settle = scriptRuns.begin(input.id, () => stopped.abort(), principal);
  const chunks = chunksOf(run({ signal: AbortSignal.any([signal, left.signal]), stop: stopped.signal }), settle);
  const leave = (reason: unknown) => {
    left.abort(reason);
    // A generator that never started has no end of its own.
    settle();
  };
  const options = { onStop: () => stopped.abort(), finishes: () => true };
  return new Response(toStream(chunks, leave, options), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

async function* chunksOf(ends: Ends, settle: () => void): AsyncGenerator<Uint8Array> {
  try {
    let [text, sent, sentAtMs] = ['', 0, performance.now()];
    for await (const { error, ...end } of ends) {
      text += lineOf({ statement: error === undefined ? end : { ...end, error: publicError(error) } });
      sent++;
      if (performance.now() - sentAtMs < SEND_MS) continue;
      yield Buffer.from(text);
      [text, sentAtMs] = ['', performance.now()];
    }
    yield Buffer.from(text + lineOf({ sent }));
  } finally {
    settle();
  }
}

function lineOf(line: ScriptLine): string {
  return `${JSON.stringify(line)}\n`;
}
