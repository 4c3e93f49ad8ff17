import type { MutationNote, MutationOptions, MutationRefusal } from '@/lib/contract/mutations';
import { batchOf } from '../cql/mutation/batch';
import { isCounterTable } from '../cql/mutation/checks';
import { MutationError, type MutationNode } from '../cql/mutation/nodes';
import { withLiterals } from '../cql/mutation/print';
import { ValueError } from '../wire/errors';
import { differencesOf } from './compare';
import { maskedNotes } from './masked';
import { distinct, note } from './notes';
import { EditError, type EditTable, newestOf, type PlanTable } from './table';
import { type ReadChange, type RowStatement, type Unit, unitsOf } from './units';

/** A statement as it is shown and sent: the same text. */
export interface EditStatement {
  readonly cql: string;
  /** Indices of the changes that it makes. */
  readonly changes: readonly number[];
  readonly isConditional: boolean;
  /** It is sent only if that statement was applied. */
  readonly after: number | null;
  readonly timestampMicros: string | null;
  readonly mayResend: boolean;
  readonly notes: readonly MutationNote[];
  /** Statements of one partition are sent one after another. */
  readonly partition: string;
}

export interface EditPlan {
  readonly statements: readonly EditStatement[];
  readonly notes: readonly MutationNote[];
  readonly refusals: readonly MutationRefusal[];
}

interface PlanOptions {
  readonly options: MutationOptions;
  readonly nowMs: number;
  /** For the timestamps of plain statements: newer than any given before. */
  readonly nowMicros: bigint;
}

type Step = Unit & { readonly changes: readonly number[]; readonly after: number | null };

/**
 * The statements that make changes of rows. What cannot be made is refused with its reason, and the others are planned.
 * @throws EditError where the changes cannot be made together as the options say
 */
export function planChanges(
  table: PlanTable,
  changes: readonly ReadChange[],
  { options, nowMs, nowMicros }: PlanOptions,
): EditPlan {
  const context = { table, options, rules: { table, rule: options.ttl, nowMs } };
  const steps: Step[] = [];
  const refusals: MutationRefusal[] = [];
  for (const [index, change] of changes.entries()) {
    const differences = differencesOf(table, change.change, change.row);
    if (differences !== null) {
      refusals.push({ ...refused(change), change: index, differences: [...differences] });
      continue;
    }
    try {
      const units = unitsOf(context, change);
      if (options.mode === 'guarded') checkTimes(units, nowMicros);
      units.forEach((unit, at) => {
        steps.push({
          ...unit,
          changes: [index],
          after: at === 0 || options.batch === 'logged' ? null : steps.length - 1,
        });
      });
    } catch (error) {
      refusals.push({ ...refused(change), change: index, message: reasonOf(error) });
    }
  }
  const grouped = groupedSteps(table, steps, options);
  const made = grouped.map((group) => statementOf(table, group, options, nowMicros));
  const isConditional = made.some((one) => one.isConditional);
  const isPlain = made.some((one) => !one.isConditional) && !isCounterTable(table);
  return {
    statements: made,
    notes: [
      ...(isConditional ? [note('paxos')] : []),
      ...(isPlain ? [note('plain')] : []),
      ...(made.length === 0 ? [] : maskedNotes(table, 'masked')),
    ],
    refusals,
  };
}

/** A refusal of what is not as it was seen, with the row that stands where another was to be moved. */
function refused(change: ReadChange): Omit<MutationRefusal, 'change'> {
  const { target = null } = change;
  return { message: differentText(change), ...(target === null ? {} : { target }) };
}

function differentText({ change, row }: ReadChange): string {
  if (row === null) return 'The row is gone: it was deleted, or it has expired. It is not brought back.';
  if ('seen' in change && change.seen === null) return 'There is a row with this key now.';
  return 'The row is not as you saw it. Decide for each value whether yours or the other counts, and review it again.';
}

/** How far the clocks of those who write may differ: a review takes longer. */
const SKEW_MICROS = 1_000_000n;

/**
 * Paxos writes with the coordinator's clock, whatever stands there: older than a cell it is applied, and the cell stays.
 * @throws EditError for cells that were written with a timestamp in the future
 */
function checkTimes(units: readonly Unit[], nowMicros: bigint): void {
  const newest = newestOf(units.map(({ newestMicros }) => newestMicros));
  if (newest <= nowMicros + SKEW_MICROS) return;
  throw new EditError(
    'A value was written with a timestamp in the future, and stays whatever a guarded change writes over it. Run this one plain: it gets a newer timestamp.',
  );
}

/** @throws what is no refusal */
function reasonOf(error: unknown): string {
  if (error instanceof EditError || error instanceof MutationError || error instanceof ValueError) return error.message;
  throw error;
}

interface Group {
  readonly steps: readonly Step[];
  readonly after: number | null;
}

/** Which steps go into one statement. A step that waits for another stays alone, and so does the one it waits for. */
function groupedSteps(table: EditTable, steps: readonly Step[], { mode, batch }: MutationOptions): readonly Group[] {
  if (batch === 'logged' && steps.length > 0) {
    const partitions = new Set(steps.map(({ partition }) => partition)).size;
    if (isCounterTable(table))
      throw new EditError('A logged batch cannot change counters. Run a statement for each row.');
    if (mode === 'guarded' && partitions > 1) {
      throw new EditError(
        'Cassandra takes conditions only in a batch of one partition. Run guarded changes row by row, or these plain.',
      );
    }
    return [{ steps, after: null }];
  }
  const awaited = new Set(steps.map(({ after }) => after));
  const groups: { steps: Step[]; after: number | null }[] = [];
  const open = new Map<string, (typeof groups)[number]>();
  const groupOf: number[] = [];
  for (const [at, step] of steps.entries()) {
    const isAlone = batch === 'row' || step.after !== null || awaited.has(at);
    const group = isAlone ? undefined : open.get(step.partition);
    if (group !== undefined) group.steps.push(step);
    else {
      const made = { steps: [step], after: step.after === null ? null : (groupOf[step.after] ?? null) };
      if (!isAlone) open.set(step.partition, made);
      groups.push(made);
    }
    groupOf.push(group === undefined ? groups.length - 1 : groups.indexOf(group));
  }
  return groups;
}

function statementOf(
  table: EditTable,
  { steps, after }: Group,
  options: MutationOptions,
  nowMicros: bigint,
): EditStatement {
  const makers = steps.flatMap(({ make }) => make);
  const isLogged = options.batch === 'logged' && new Set(steps.map(({ partition }) => partition)).size > 1;
  const trial = makers.map((make) => make(undefined));
  const isConditional = trial.some(({ condition }) => condition !== null);
  const newest = newestOf(steps.map(({ newestMicros }) => newestMicros));
  // Older than a cell that stands there, it would have no effect, and no error.
  const timestamp =
    isConditional || isCounterTable(table) ? undefined : String(newest >= nowMicros ? newest + 1n : nowMicros);
  const [only] = makers;
  const node: MutationNode =
    makers.length === 1 && only !== undefined ? only(timestamp) : batchNode(table, trial, isLogged, timestamp);
  return {
    cql: withLiterals(node),
    changes: [...new Set(steps.flatMap(({ changes }) => changes))],
    isConditional,
    after,
    timestampMicros: timestamp ?? null,
    mayResend: !isConditional && !isCounterTable(table) && steps.every(({ mayResend }) => mayResend),
    notes: distinct([...steps.flatMap(({ notes }) => notes), ...(isLogged ? [note('logged_batch')] : [])]),
    partition: isLogged ? '' : (steps[0]?.partition ?? ''),
  };
}

/** Of one partition a batch is one mutation, logged or not. */
function batchNode(
  table: EditTable,
  statements: readonly RowStatement[],
  isLogged: boolean,
  timestampMicros: string | undefined,
) {
  const type = isCounterTable(table) ? 'counter' : isLogged ? 'logged' : 'unlogged';
  return batchOf({ type, statements, timestampMicros });
}
