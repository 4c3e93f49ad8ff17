import type { StatementKind } from '@/lib/contract/statements';
import { formatElapsed, plural } from '@/lib/text/format';
import { isConfirmed, type Run, STOPPED, type Step } from './run';

/** What a script writes, for its one confirmation. */
export interface ScriptWrites {
  readonly steps: readonly Step[];
  /** `9,998 INSERT, 2 DROP TABLE`. */
  readonly counts: string;
  /** What it drops and empties, each once: the names to type. */
  readonly names: readonly string[];
  /** Warnings, the most frequent first, with how many statements have them. */
  readonly warnings: readonly { readonly text: string; readonly count: number }[];
}

const DROPS: ReadonlySet<StatementKind> = new Set<StatementKind>(['drop', 'truncate']);

export function scriptWrites({ steps }: Run): ScriptWrites {
  const writes = steps.filter(({ state, classification }) => state.status === 'waiting' && isConfirmed(classification));
  const verbs = counted(writes.map(({ classification: { verb } }) => verbWords(verb)));
  const dropped = writes.filter(({ classification: { kind } }) => DROPS.has(kind));
  return {
    steps: writes,
    counts: verbs.map(({ text, count }) => `${count.toLocaleString('en-US')} ${text}`).join(', '),
    names: counted(dropped.flatMap(({ classification: { target } }) => target?.name ?? [])).map(({ text }) => text),
    warnings: counted(writes.flatMap(({ classification }) => classification.warnings)),
  };
}

function verbWords(verb: string): string {
  if (verb === '') return 'not known';
  return verb === 'INSERT INTO' ? 'INSERT' : verb;
}

/** Each text once, with how often it is there; the most frequent first. */
function counted(texts: readonly string[]): { text: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ text, count })).sort((one, other) => other.count - one.count);
}

/** The names that were not typed, one on each line of what was. A field's lines hold no line breaks. */
export function untypedNames(names: readonly string[], typed: string): readonly string[] {
  const lines = new Set(typed.split('\n').map((line) => line.trim()));
  return names.filter((name) => !lines.has(name.replace(/[\r\n]/g, '').trim()));
}

/** How a run stands: `9,998 ran, 1 failed, 1 did not run · 4.2 s`. */
export function scriptStanding({ steps }: Run): string {
  const counts = { ran: 0, failed: 0, stopped: 0, 'did not run': 0, waiting: 0 };
  let [elapsedMs, rows] = [0, 0];
  for (const { state } of steps) {
    if (state.status === 'ended') {
      elapsedMs += state.elapsedMs;
      rows += state.rows;
      const { outcome } = state;
      counts[outcome === 'failed' || outcome === 'stopped' ? outcome : 'ran']++;
    } else if (state.status === 'not_run') counts['did not run']++;
    else if (state.status !== 'noted') counts.waiting++;
  }
  const words = Object.entries(counts).filter(([word, count]) => count > 0 || word === 'ran');
  const standing = words.map(([word, count]) => `${count.toLocaleString('en-US')} ${word}`).join(', ');
  return [standing, ...(rows === 0 ? [] : [plural(rows, 'row')]), formatElapsed(elapsedMs)].join(' · ');
}

/** The first line of a statement, with single spaces. */
export function oneLine(text: string): string {
  return text.slice(0, 400).replace(/\s+/g, ' ');
}

/** `2 of 5 statements ran; statement 2 failed` and the like, for a run of several. Undefined when all of them ran. */
export function haltSummary(run: Run): string | undefined {
  const notRun = run.steps.filter(({ state }) => state.status === 'not_run').length;
  if (notRun === 0 || run.steps.length === 1) return undefined;
  const last = run.steps.findIndex(({ state }) => state.status === 'not_run');
  const cause = run.steps[last - 1]?.state;
  const first = run.steps[last]?.state;
  if (first?.status === 'not_run' && first.reason === STOPPED) {
    return `Stopped before statement ${last + 1}: ${notRun} of ${run.steps.length} statements did not run.`;
  }
  const failed = cause?.status === 'ended' && (cause.outcome === 'failed' || cause.outcome === 'stopped');
  const what = failed ? `Statement ${last} ${cause.outcome === 'failed' ? 'failed' : 'was stopped'}` : 'Not confirmed';
  return `${what}: ${notRun} of ${run.steps.length} statements did not run.`;
}
