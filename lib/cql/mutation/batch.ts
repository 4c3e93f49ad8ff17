import { bytesOf, timestampOf } from './checks';
import { type BatchNode, type BatchType, type ColumnValue, frozen, MutationError } from './nodes';

type Statement = BatchNode['statements'][number];

export interface BatchOptions {
  readonly type: BatchType;
  readonly statements: readonly Statement[];
  readonly timestampMicros?: string | undefined;
}

/**
 * BATCH of several changes. With a condition in any of them, all apply or none, and all must be of one partition.
 * @throws MutationError for what Cassandra would refuse
 */
export function batchOf({ type, statements, timestampMicros }: BatchOptions): BatchNode {
  if (statements.length === 0) throw new MutationError('A batch needs at least one statement.');
  checkCounters(type, statements);
  checkTimestamps(type, statements, timestampMicros);
  checkConditions(statements);
  return frozen({ kind: 'batch', type, statements: [...statements], timestamp: timestampOf(timestampMicros) });
}

function checkCounters(type: BatchType, statements: readonly Statement[]): void {
  const counters = statements.filter(({ isCounter }) => isCounter).length;
  if (type === 'logged' && counters > 0) {
    throw new MutationError('A logged batch cannot change counters. Put them in a counter batch.');
  }
  if (type === 'counter' && counters < statements.length) {
    throw new MutationError('A counter batch can change only counters. Put the other statements in another batch.');
  }
  if (counters > 0 && counters < statements.length) {
    throw new MutationError('Counters and other columns cannot be in one batch. Make two batches.');
  }
}

function checkTimestamps(type: BatchType, statements: readonly Statement[], micros: string | undefined): void {
  if (micros === undefined) return;
  if (type === 'counter' || statements.some(({ isCounter }) => isCounter)) {
    throw new MutationError('Counters cannot have a timestamp. Leave it out.');
  }
  if (statements.some(({ condition }) => condition !== null)) {
    throw new MutationError('Cassandra sets the timestamp of a conditional batch. Leave it out.');
  }
  if (statements.some(({ using }) => using.timestamp !== null)) {
    throw new MutationError('Both the batch and one of its statements have a timestamp. Leave one out.');
  }
}

function checkConditions(statements: readonly Statement[]): void {
  const [first] = statements;
  if (first === undefined || statements.every(({ condition }) => condition === null)) return;
  if (statements.some(({ table }) => table.keyspace !== first.table.keyspace || table.table !== first.table.table)) {
    throw new MutationError('A conditional batch can change only one table. Run the other statements separately.');
  }
  const partition = bytesText(first.key.partition);
  if (statements.some(({ key }) => bytesText(key.partition) !== partition)) {
    throw new MutationError('A conditional batch can change only one partition. Run the other statements separately.');
  }
  checkRows(statements);
}

/** Cassandra keeps one kind of condition for a row (its CQL3CasRequest). */
function checkRows(statements: readonly Statement[]): void {
  const kinds = new Map<string, string>();
  for (const { key, condition } of statements) {
    if (condition === null) continue;
    const row = bytesText(key.clustering);
    const before = kinds.get(row) ?? condition.kind;
    kinds.set(row, condition.kind);
    if (before === condition.kind) continue;
    throw new MutationError(
      'A batch can have one kind of condition per row: IF EXISTS, IF NOT EXISTS, or comparisons.',
    );
  }
}

/** Two keys are one when they are the same bytes, however their JSON is written. */
function bytesText(values: readonly ColumnValue[]): string {
  return values.map((value) => (bytesOf(value) ?? []).join()).join(';');
}
