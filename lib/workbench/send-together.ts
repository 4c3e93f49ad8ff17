import { ApiFailure, isDisconnected } from '@/lib/client/http';
import { appliedAfter, mayBeConditional } from '@/lib/contract/applied';
import type { ApiError } from '@/lib/contract/errors';
import { SCRIPT_STATEMENTS } from '@/lib/contract/limits';
import type { ScriptStatementEnd } from '@/lib/contract/scripts';
import type { StatementKind } from '@/lib/contract/statements';
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
    !mayBeConditional(step.classification)
  );
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
