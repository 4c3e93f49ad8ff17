import { quoteIdentifier, unquoteIdentifier } from '@/lib/cql/identifiers';
import { countText, equalsText } from '@/lib/cql/mutation/frames';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import type { Cell } from './cell';
import { loadableCell } from './cql-cells';
import { PlanError } from './errors';
import type { CqlTable } from './file-format';
import { checkNames, type PlanColumn } from './plan';

/** A column of the result that the statements write. */
export interface WrittenColumn {
  readonly name: string;
  /** The name as written in a statement. */
  readonly label: Uint8Array;
  /** What stands before its value in a condition, and before what is added to it. */
  readonly equals: Uint8Array;
  readonly added: Uint8Array;
  readonly cell: Cell;
  /** Its index in the result. */
  readonly at: number;
  /** The indexes of its write time and TTL; absent if the result has none. */
  readonly writetimeAt: number | undefined;
  readonly ttlAt: number | undefined;
}

/** The role of each column of a result in the table's statements. */
export interface WrittenTable {
  readonly partitionKey: readonly WrittenColumn[];
  readonly clustering: readonly WrittenColumn[];
  readonly statics: readonly WrittenColumn[];
  readonly regulars: readonly WrittenColumn[];
  /** The whole primary key. */
  readonly rowKey: readonly WrittenColumn[];
  /** The result has only partition keys and static columns, no rows. */
  readonly isStaticOnly: boolean;
  /** The result has write times or TTLs. */
  readonly hasExtras: boolean;
  /** Counters are never inserted, only added to. */
  readonly isCounter: boolean;
}

const EXTRA = /^(ttl|writetime)\((.*)\)$/s;

const isNative = (type: CqlType, name: string) => type.kind === 'native' && type.name === name;

/** Without `frozen`, which a result's types do not show. */
function typeText(type: CqlType): string {
  return formatCqlType(type).replace(/\bfrozen<|[<> ]/g, '');
}

/** The index of each `ttl(name)` and `writetime(name)`, by name, which may be quoted. */
function extrasOf(columns: readonly PlanColumn[], names: ReadonlySet<string>) {
  const extras = { ttl: new Map<string, number>(), writetime: new Map<string, number>() };
  const found = new Set<number>();
  for (const [at, { name, type }] of columns.entries()) {
    const [, kind, inner = ''] = names.has(name) ? [] : (EXTRA.exec(name) ?? []);
    if (kind !== 'ttl' && kind !== 'writetime') continue;
    const of = names.has(inner) ? inner : unquoteIdentifier(inner);
    if (!names.has(of)) continue;
    if (!isNative(type, kind === 'ttl' ? 'int' : 'bigint')) {
      throw new PlanError(
        `${name} has a value for each element, which no INSERT can hold. Export without it, or in another format.`,
      );
    }
    extras[kind].set(of, at);
    found.add(at);
  }
  return { ...extras, found };
}

function checkColumns(columns: readonly PlanColumn[], table: CqlTable, extras: ReadonlySet<number>): void {
  const types = new Map(table.columns.map(({ name, type }) => [name, typeText(type)]));
  for (const [at, { name, type }] of columns.entries()) {
    if (extras.has(at)) continue;
    const expected = types.get(name);
    if (expected === undefined) {
      throw new PlanError(`"${name}" is not a column of ${table.keyspace}.${table.table}: an INSERT cannot hold it.`);
    }
    if (expected !== typeText(type)) {
      throw new PlanError(
        `"${name}" comes as ${formatCqlType(type)}, which is not its type in ${table.keyspace}.${table.table}: an INSERT cannot hold it.`,
      );
    }
  }
}

/**
 * Finds the role of each column. Throws PlanError, naming the column, if the statements could not be loaded
 * or would not recreate the rows: a primary key column is missing, or the table does not have a column.
 */
export function writtenTable(columns: readonly PlanColumn[], table: CqlTable): WrittenTable {
  checkNames(columns);
  const positions = new Map(columns.map(({ name }, at) => [name, at]));
  const extras = extrasOf(columns, new Set(table.columns.map(({ name }) => name)));
  checkColumns(columns, table, extras.found);
  const ofKind = (kind: CqlTable['columns'][number]['kind']) =>
    table.columns
      .filter((column) => column.kind === kind)
      .flatMap(({ name }): WrittenColumn[] => {
        const at = positions.get(name);
        // Use the result's own type: the schema may be slightly older or newer, with other field names.
        const type = at === undefined ? undefined : columns[at]?.type;
        if (at === undefined || type === undefined) return [];
        const bytes = (text: string) => new TextEncoder().encode(text);
        const texts = {
          label: bytes(quoteIdentifier(name)),
          equals: bytes(equalsText(name)),
          added: bytes(countText(name, '+')),
        };
        const [writetimeAt, ttlAt] = [extras.writetime.get(name), extras.ttl.get(name)];
        return [{ name, ...texts, cell: loadableCell(type), at, writetimeAt, ttlAt }];
      });
  const [partitionKey, clustering] = [ofKind('partition_key'), ofKind('clustering')];
  const [statics, regulars] = [ofKind('static'), ofKind('regular')];
  const written: WrittenTable = {
    partitionKey,
    clustering,
    statics,
    regulars,
    rowKey: [...partitionKey, ...clustering],
    // The static columns of a partition need only its partition key.
    isStaticOnly: statics.length > 0 && clustering.length === 0 && regulars.length === 0,
    hasExtras: extras.found.size > 0,
    isCounter: table.columns.some(({ type }) => isNative(type, 'counter')),
  };
  checkKeys(written, table, positions);
  return written;
}

function checkKeys(written: WrittenTable, table: CqlTable, positions: ReadonlyMap<string, number>): void {
  const { statics, isStaticOnly, isCounter } = written;
  for (const { name, kind } of table.columns) {
    if (positions.has(name) || !(kind === 'partition_key' || (kind === 'clustering' && !isStaticOnly))) continue;
    throw new PlanError(
      `The result lacks "${name}", a primary key column of ${table.keyspace}.${table.table}: without it no row can be inserted. Select it too.`,
    );
  }
  if (isCounter && statics.length > 0 && !isStaticOnly) {
    throw new PlanError(
      `The static counter "${statics[0]?.name}" repeats with every row of its partition and would be added each time. ` +
        'Export it with SELECT DISTINCT, without the other columns.',
    );
  }
}
