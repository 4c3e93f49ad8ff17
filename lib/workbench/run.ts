import type { Applied } from '@/lib/contract/applied';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { ApiError } from '@/lib/contract/errors';
import type { SchemaAgreement } from '@/lib/contract/frames';
import type { Classification } from '@/lib/contract/statements';
import type { Insertion } from '@/lib/cql/insertions';
import type { CopyCommand } from '@/lib/cql/shell-commands';
import type { RunOutcome } from './history';
import type { BoundValues } from './parameter-values';

/** Chosen under the editor, and fixed when a run starts. */
export interface RunSettings {
  readonly keyspace: string | null;
  /** Null: the cluster's default. */
  readonly consistency: Consistency | null;
  readonly pageRows: number | null;
  readonly trace: boolean;
  /** Of a conditional write's Paxos round. Null or absent: SERIAL, Cassandra's default. */
  readonly serialConsistency?: SerialConsistency | null | undefined;
  /** How long each response is waited for. Null or absent: the server's default. */
  readonly timeoutMs?: number | null | undefined;
  /** Values of bind markers, by the text of their statement as it is sent. */
  readonly bound?: ReadonlyMap<string, BoundValues>;
  /** Of several statements: those after a failed one run, too. */
  readonly goesOn?: boolean;
}

export interface StatementSpan {
  readonly text: string;
  /** Where it began in the document when it was run, to find an error's place. */
  readonly start: number;
}

/** What a person agreed to: the exact statement, and the name they typed where one is required. */
interface Confirmation {
  readonly statement: string;
  readonly name?: string;
}

export interface StepEnd {
  readonly outcome: RunOutcome;
  readonly rows: number;
  readonly pages: number;
  /** From sending the statement to its first page; null where none came. */
  readonly firstRowMs: number | null;
  /** All the time that it was being read, pauses left out. */
  readonly elapsedMs: number;
  /** Of a schema change: how far the nodes have taken it over. */
  readonly agreement: SchemaAgreement | null;
  readonly error?: ApiError;
  /** What became of a change; absent for a read. */
  readonly applied?: Applied;
}

export type StepState =
  | { readonly status: 'waiting' }
  /** It changes something, so it runs once its exact text is confirmed. */
  | { readonly status: 'asking' }
  | { readonly status: 'running' }
  | ({ readonly status: 'ended' } & StepEnd)
  | { readonly status: 'not_run'; readonly reason: string }
  /** Nothing of it is sent: a command of cqlsh. `copies`: what the exports page can do for it. */
  | { readonly status: 'noted'; readonly note: string; readonly copies?: CopyCommand };

/** A statement of a run; `text` is what is sent. */
export interface Step extends StatementSpan {
  readonly id: string;
  readonly classification: Classification;
  readonly confirmation?: Confirmation;
  readonly state: StepState;
  /** What the script set before it; absent: the run's. */
  readonly settings?: RunSettings;
  /** Where USE comes before it: the statement as the document has it, and what was put in to make `text`. */
  readonly written?: { readonly text: string; readonly insertions: readonly Insertion[] };
  /** Why it cannot run: it fails with this when its turn comes. */
  readonly problem?: string;
  /** Its result is shown row by row vertically: EXPAND. */
  readonly expanded?: boolean;
  /** The opened file that it is from; it is in no document then. */
  readonly file?: string;
}

/** Statements run one after another, until one is stopped, or fails where that ends the run. */
export interface Run {
  readonly id: string;
  readonly documentId: string;
  readonly settings: RunSettings;
  readonly steps: readonly Step[];
  /** When it was started, ISO 8601 UTC. */
  readonly at: string;
  /** What of the document was run, and how many characters came after it. */
  readonly place: StatementSpan;
  readonly charactersAfter: number;
  /** What it waits for: files that SOURCE names, or one confirmation of all its writes. */
  readonly question: 'files' | 'writes' | null;
  /** The files that SOURCE names, in order; null: not opened. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Of those, the ones that nobody was asked for yet. */
  readonly missing: readonly string[];
}

export type RunAction =
  | { type: 'start'; run: Run }
  | { type: 'confirm'; stepId: string; name?: string }
  | { type: 'decline'; stepId: string }
  /** All writes of a script are confirmed at once; or none of them, and nothing runs. */
  | { type: 'agree' }
  | { type: 'refuse' }
  /** A step ended, or ended again after a paused result was read on. */
  | { type: 'end'; stepId: string; end: StepEnd }
  /** Steps that follow one another ended, the first of them `stepId`. */
  | { type: 'ends'; stepId: string; ends: readonly StepEnd[] }
  /** Nothing more is sent, the current statement neither: by a person, or for a reason. */
  | { type: 'halt'; reason?: string };

export function runReducer(run: Run | null, action: RunAction): Run | null {
  if (action.type === 'start') return action.run;
  if (run === null) return run;
  if (action.type === 'agree') return agreed(run);
  if (action.type === 'refuse') return refused(run, 'You did not confirm the script.');
  if (action.type === 'halt') return refused(run, action.reason ?? STOPPED);
  const step = run.steps.find(({ id }) => id === action.stepId);
  if (step === undefined) return run;
  switch (action.type) {
    case 'confirm': {
      const confirmation = { statement: step.text, ...(action.name === undefined ? {} : { name: action.name }) };
      return withStep(run, { ...step, confirmation, state: { status: 'running' } });
    }
    case 'decline':
      return halted(run, step, { status: 'not_run', reason: 'You did not confirm it.' });
    case 'end':
      return ended(run, step, action.end);
    case 'ends':
      return allEnded(run, run.steps.indexOf(step), action.ends);
    default:
      return action satisfies never;
  }
}

/** The step that is running or waiting to be confirmed. */
export function currentStep(run: Run | null): Step | undefined {
  return run?.steps.find(({ state }) => state.status === 'running' || state.status === 'asking');
}

/** What a step runs with. */
export function settingsOf(run: Run, step: Step): RunSettings {
  return step.settings ?? run.settings;
}

/** Statements up to which each has a tab of its own for its result, and a line in the history. */
const FEW_STATEMENTS = 8;

/** A run of so many statements that it is shown and remembered as one. */
export function isScript({ steps }: Run): boolean {
  return steps.length > FEW_STATEMENTS;
}

/** Whether a step did not come to its end: it failed, was stopped, or did not run. */
export function isUnfinished({ state }: Step): boolean {
  if (state.status === 'ended') return state.outcome === 'failed' || state.outcome === 'stopped';
  return state.status === 'not_run';
}

/** Whether a run of several statements came to rest with some of them unfinished. */
export function isHalted(run: Run): boolean {
  if (run.steps.length === 1 || run.question !== null || currentStep(run) !== undefined) return false;
  return run.steps.some(isUnfinished);
}

export const STOPPED = 'You stopped the script before it.';

function ended(run: Run, step: Step, end: StepEnd): Run {
  const { state } = step;
  if (state.status !== 'running' && state.status !== 'ended') return run;
  // The server decides what must be confirmed.
  if (end.error?.code === 'confirmation_required' && step.confirmation === undefined) {
    return withStep(run, { ...step, state: { status: 'asking' } });
  }
  const next: StepState = { status: 'ended', ...end };
  if (state.status === 'ended') return withStep(run, { ...step, state: next });
  if (isEnd(run, end)) return halted(run, step, next);
  return advanced(withStep(run, { ...step, state: next }));
}

/** Whether nothing runs after a step that ended so. */
function isEnd({ settings }: Run, { outcome }: StepEnd): boolean {
  return outcome === 'stopped' || (outcome === 'failed' && settings.goesOn !== true);
}

function allEnded(run: Run, from: number, ends: readonly StepEnd[]): Run {
  const steps = [...run.steps];
  for (const [index, end] of ends.entries()) {
    const step = steps[from + index];
    if (step !== undefined) steps[from + index] = { ...step, state: { status: 'ended', ...end } };
  }
  const last = steps[from + ends.length - 1];
  const over = ends.at(-1);
  if (last === undefined || over === undefined) return run;
  return isEnd(run, over) ? halted({ ...run, steps }, last, last.state) : advanced({ ...run, steps });
}

/** Confirms every write with its exact text, and the name of what it drops or empties. */
function agreed(run: Run): Run {
  const steps = run.steps.map((step): Step => {
    const { isDestructive, target } = step.classification;
    if (!isConfirmed(step.classification) || step.state.status !== 'waiting') return step;
    const name = isDestructive && target !== null ? { name: target.name } : {};
    return { ...step, confirmation: { statement: step.text, ...name } };
  });
  return advanced({ ...run, steps, question: null });
}

/** Nothing that has not been sent runs. */
function refused(run: Run, reason: string): Run {
  const steps = run.steps.map((step): Step => {
    const { status } = step.state;
    const isOpen = status === 'waiting' || status === 'asking' || status === 'running';
    return isOpen ? { ...step, state: { status: 'not_run', reason } } : step;
  });
  return { ...run, steps, question: null };
}

/** Starts the first waiting step. */
export function advanced(run: Run): Run {
  const next = run.steps.find(({ state }) => state.status === 'waiting');
  if (next === undefined) return run;
  if (next.problem !== undefined) return withProblem(run, next, next.problem);
  const asks = isConfirmed(next.classification) && next.confirmation === undefined;
  return withStep(run, { ...next, state: { status: asks ? 'asking' : 'running' } });
}

/** What is no statement is not confirmed as a write: the server says what is wrong, and sends nothing. */
export function isConfirmed({ isWrite, kind }: Classification): boolean {
  return isWrite && kind !== 'unknown';
}

function withProblem(run: Run, step: Step, problem: string): Run {
  const error: ApiError = { code: 'invalid_statement', message: problem, retryable: false };
  const end: StepEnd = { outcome: 'failed', rows: 0, pages: 0, firstRowMs: null, elapsedMs: 0, agreement: null, error };
  const state: StepState = { status: 'ended', ...end };
  return isEnd(run, end) ? halted(run, step, state) : advanced(withStep(run, { ...step, state }));
}

function halted(run: Run, step: Step, state: StepState): Run {
  const number = run.steps.findIndex(({ id }) => id === step.id) + 1;
  const reason =
    state.status === 'not_run'
      ? `Statement ${number} was not confirmed.`
      : `Statement ${number} failed or was stopped.`;
  return {
    ...run,
    steps: run.steps.map((other): Step => {
      if (other.id === step.id) return { ...step, state };
      return other.state.status === 'waiting' ? { ...other, state: { status: 'not_run', reason } } : other;
    }),
  };
}

function withStep(run: Run, step: Step): Run {
  return { ...run, steps: run.steps.map((other) => (other.id === step.id ? step : other)) };
}
