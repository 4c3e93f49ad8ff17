import { ApiFailure, call, isDisconnected } from '@/lib/client/http';
import { CUT_OFF, readLines } from '@/lib/client/lines';
import { appliedAfter } from '@/lib/contract/applied';
import type { ApiError } from '@/lib/contract/errors';
import { SCRIPT_STATEMENTS } from '@/lib/contract/limits';
import type { QueryRequest } from '@/lib/contract/reads';
import type { ScriptStatementEnd } from '@/lib/contract/scripts';
import type { StatementKind } from '@/lib/contract/statements';
import { tokenize } from '@/lib/cql/lexer';
import { type Run, type RunAction, type Step, type StepEnd, settingsOf } from './run';

/** Characters of the statements in one request; each is in it twice, with its confirmation. */
const REQUEST_CHARACTERS = 300_000;

/** Kinds whose result is an outcome without rows, unless they have a condition. */
const WITHOUT_ROWS: ReadonlySet<StatementKind> = new Set<StatementKind>(['insert', 'update', 'delete', 'batch']);

/**
 * The step and those after it that go in one request with it, in their order: confirmed writes that return no rows. A
 * request for each statement costs several times what Cassandra takes for it.
 */
export function stepsTogether(run: Run, first: Step): readonly Step[] {
  const from = run.steps.indexOf(first);
  let [to, characters] = [from, 0];
  for (; to < run.steps.length && to - from < SCRIPT_STATEMENTS; to++) {
    const step = run.steps[to];
    if (step === undefined || !returnsNoRows(run, step)) break;
    characters += step.text.length;
    if (characters > REQUEST_CHARACTERS) break;
  }
  return run.steps.slice(from, to);
}

function returnsNoRows(run: Run, step: Step): boolean {
  const { status } = step.state;
  return (
    (status === 'waiting' || status === 'running') &&
    step.confirmation !== undefined &&
    step.problem === undefined &&
    WITHOUT_ROWS.has(step.classification.kind) &&
    !settingsOf(run, step).trace &&
    !hasCondition(step.text)
  );
}

/** IF is reserved: as a word it is nothing else. */
function hasCondition(text: string): boolean {
  if (!/\bif\b/i.test(text)) return false;
  return tokenize(text).some((token) => token.kind === 'word' && token.text.toUpperCase() === 'IF');
}

interface SentTogether {
  /** New, and a UUID. */
  readonly id: string;
  readonly statements: readonly QueryRequest[];
  readonly goesOn: boolean;
}

/** Sends no more statements of a request; its stream ends once the one in flight has. */
export async function stopTogether(cluster: string, id: string): Promise<void> {
  await call((to) => to.scriptRun.delete, { cluster, id });
}

/**
 * Sends statements in one request and yields how each ended. Fewer end than were sent where one failed, or they were
 * stopped.
 * @throws ApiFailure where the response is refused or cut off: the statement after the last end may have run
 */
export async function* sendTogether(
  cluster: string,
  { id, statements, goesOn }: SentTogether,
  signal: AbortSignal,
): AsyncGenerator<ScriptStatementEnd, void> {
  const input = { id, statements: [...statements], onFailure: goesOn ? ('continue' as const) : ('stop' as const) };
  let isWhole = false;
  for await (const line of readLines((to) => to.script.post, { cluster, input }, signal)) {
    if ('statement' in line) yield line.statement;
    else isWhole = true;
  }
  if (!isWhole) throw new ApiFailure(CUT_OFF, 0);
}

/** Ends of statements that were sent together are shown together, this often. */
const SHOWN_MS = 100;

/** Collects the ends of steps that follow one another, and hands them over in groups. */
export class EndsInGroups {
  private ends: StepEnd[] = [];
  private shown = 0;
  private shownAtMs = Date.now();

  constructor(
    private readonly steps: readonly Step[],
    private readonly dispatch: (action: RunAction) => void,
  ) {}

  add({ elapsedMs, error }: ScriptStatementEnd): void {
    const outcome = error === undefined ? 'done' : 'failed';
    const applied = error === undefined ? 'applied' : appliedAfter(error.code, false);
    this.addEnd({ ...NO_ROWS, outcome, elapsedMs, applied, ...(error === undefined ? {} : { error }) });
    if (Date.now() - this.shownAtMs >= SHOWN_MS) this.show();
  }

  addEnd(end: StepEnd): void {
    this.ends.push(end);
  }

  show(): void {
    const step = this.steps[this.shown];
    if (step === undefined || this.ends.length === 0) return;
    const ends = this.ends;
    this.ends = [];
    this.shown += ends.length;
    this.shownAtMs = Date.now();
    this.dispatch({ type: 'ends', stepId: step.id, ends });
  }
}

const NO_ROWS = { rows: 0, pages: 0, firstRowMs: null, elapsedMs: 0, agreement: null } as const;

/** The end of a statement whose answer did not come: whether it ran is not known. */
export function lostEnd(error: unknown, isStopped: boolean): StepEnd {
  const unknown = { ...NO_ROWS, applied: 'unknown' as const };
  if (isStopped) return { ...unknown, outcome: 'stopped' };
  const failure: ApiError =
    error instanceof ApiFailure
      ? error.error
      : {
          code: 'internal_error',
          message: 'Something went wrong in this page.',
          detail: String(error),
          retryable: false,
        };
  const hint = 'This statement may have run. Check before you run it again.';
  const mayHaveRun = isDisconnected(error) ? { hint } : {};
  return { ...unknown, outcome: 'failed', error: { ...failure, ...mayHaveRun } };
}
