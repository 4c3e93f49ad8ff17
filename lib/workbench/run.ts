import type { Applied } from '@/lib/contract/applied';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { ApiError } from '@/lib/contract/errors';
import type { SchemaAgreement } from '@/lib/contract/frames';
import type { Classification } from '@/lib/contract/statements';
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
  /** Values of bind markers, by the text of their statement. */
  readonly bound?: ReadonlyMap<string, BoundValues>;
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
  | { readonly status: 'not_run'; readonly reason: string };

export interface Step extends StatementSpan {
  readonly id: string;
  readonly classification: Classification;
  readonly confirmation?: Confirmation;
  readonly state: StepState;
}

/** Statements run one after another, until one fails or is stopped. */
export interface Run {
  readonly id: string;
  readonly documentId: string;
  readonly settings: RunSettings;
  readonly steps: readonly Step[];
}

export type RunAction =
  | { type: 'start'; run: Run }
  | { type: 'confirm'; stepId: string; name?: string }
  | { type: 'decline'; stepId: string }
  /** A step ended, or ended again after a paused result was read on. */
  | { type: 'end'; stepId: string; end: StepEnd };

export function runReducer(run: Run | null, action: RunAction): Run | null {
  if (action.type === 'start') return action.run;
  if (run === null) return run;
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
    default:
      return action satisfies never;
  }
}

/** The step that is running or waiting to be confirmed. */
export function currentStep(run: Run | null): Step | undefined {
  return run?.steps.find(({ state }) => state.status === 'running' || state.status === 'asking');
}

/** `2 of 5 statements ran; statement 2 failed` and the like, for a run of several. Undefined when all of them ran. */
export function haltSummary(run: Run): string | undefined {
  const notRun = run.steps.filter(({ state }) => state.status === 'not_run').length;
  if (notRun === 0 || run.steps.length === 1) return undefined;
  const last = run.steps.findIndex(({ state }) => state.status === 'not_run');
  const cause = run.steps[last - 1]?.state;
  const failed = cause?.status === 'ended' && (cause.outcome === 'failed' || cause.outcome === 'stopped');
  const what = failed ? `Statement ${last} ${cause.outcome === 'failed' ? 'failed' : 'was stopped'}` : 'Not confirmed';
  return `${what}: ${notRun} of ${run.steps.length} statements did not run.`;
}

function ended(run: Run, step: Step, end: StepEnd): Run {
  const { state } = step;
  if (state.status !== 'running' && state.status !== 'ended') return run;
  // The server decides what must be confirmed.
  if (end.error?.code === 'confirmation_required' && step.confirmation === undefined) {
    return withStep(run, { ...step, state: { status: 'asking' } });
  }
  const next: StepState = { status: 'ended', ...end };
  if (state.status === 'ended') return withStep(run, { ...step, state: next });
  if (end.outcome === 'failed' || end.outcome === 'stopped') return halted(run, step, next);
  return advanced(withStep(run, { ...step, state: next }));
}

/** Starts the first waiting step. */
export function advanced(run: Run): Run {
  const next = run.steps.find(({ state }) => state.status === 'waiting');
  if (next === undefined) return run;
  // What is no statement is not confirmed as a write: the server says what is wrong, and sends nothing.
  const { isWrite, kind } = next.classification;
  return withStep(run, { ...next, state: { status: isWrite && kind !== 'unknown' ? 'asking' : 'running' } });
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
