import type { LeftColumn } from '@/lib/contract/compare';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { hasOrder } from '@/lib/local/value-orders';

/** A column that both tables have, with the same type. */
export interface ComparedColumn {
  readonly name: string;
  readonly type: CqlType;
  readonly isDescending: boolean;
}

/** What of two tables is compared. A row is read in this order: partition key, clustering key, statics, regulars. */
export interface Layout {
  readonly partition: readonly ComparedColumn[];
  readonly clustering: readonly ComparedColumn[];
  readonly statics: readonly ComparedColumn[];
  readonly regulars: readonly ComparedColumn[];
}

/** Two tables that cannot be compared, and why. */
export class CompareError extends Error {
  override readonly name = 'CompareError';

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

export interface Comparable {
  readonly layout: Layout;
  readonly left: readonly LeftColumn[];
}

export function columnsOf({ partition, clustering, statics, regulars }: Layout): readonly ComparedColumn[] {
  return [...partition, ...clustering, ...statics, ...regulars];
}

/**
 * What two tables have in common.
 * @param chosen names of columns outside the key; default: all
 * @param masked names of columns that whoever compares may not see in one of the tables
 * @throws CompareError when their keys differ, or a chosen column cannot be compared
 */
export function comparable(
  source: TableShape,
  target: TableShape,
  chosen?: readonly string[],
  masked: readonly string[] = [],
): Comparable {
  if (source.isVirtual || target.isVirtual) {
    throw new CompareError('Virtual tables cannot be compared: each node answers for itself.');
  }
  const partition = keyPart('partition key', [source, source.partitionKey], [target, target.partitionKey]);
  const clustering = keyPart('clustering key', [source, source.clusteringKey], [target, target.clusteringKey]);
  const unordered = clustering.find(({ type }) => !hasOrder(type));
  if (unordered !== undefined) {
    throw new CompareError(
      `Rows are in the order of the clustering column “${unordered.name}”, and Ringside does not know the order of ${formatCqlType(unordered.type)}.`,
    );
  }
  const { both, left } = othersOf(source, target, masked);
  const unknown = chosen?.find((name) => !both.some((column) => column.name === name));
  if (unknown !== undefined) {
    const why = left.find(({ name }) => name === unknown)?.why ?? 'it is part of the key, or in neither table';
    throw new CompareError(`“${unknown}” cannot be compared: ${why}.`);
  }
  const wanted = both.filter(({ name }) => chosen?.includes(name) ?? true);
  const unwanted = both.filter((column) => !wanted.includes(column)).map(({ name }) => ({ name, why: 'not chosen' }));
  const ofKind = (kind: ColumnShape['kind']) => wanted.filter((column) => column.kind === kind).map(comparedColumn);
  return {
    layout: { partition, clustering, statics: ofKind('static'), regulars: ofKind('regular') },
    left: [...left, ...unwanted],
  };
}

type KeyOf = readonly [TableShape, readonly string[]];

function keyPart(noun: string, source: KeyOf, target: KeyOf): ComparedColumn[] {
  const [sourceColumns, targetColumns] = [keyColumns(source), keyColumns(target)];
  const [sourceText, targetText] = [sourceColumns, targetColumns].map((columns) => columns.map(keyText).join(', '));
  const isSame =
    sourceColumns.length === targetColumns.length &&
    sourceColumns.every((column, at) => {
      const other = targetColumns[at];
      return other?.name === column.name && isSameType(other.type, column.type) && isSameOrder(column, other);
    });
  if (isSame) return sourceColumns.map(comparedColumn);
  throw new CompareError(
    `The tables have different keys, so their rows cannot be matched: the ${noun} of the source is (${sourceText}), that of the target (${targetText}).`,
    'Compare tables with the same key columns, types and clustering order.',
  );
}

function keyColumns([shape, names]: KeyOf): ColumnShape[] {
  return names.flatMap((name) => shape.columns.find((column) => column.name === name) ?? []);
}

function keyText({ name, type, clusteringOrder }: ColumnShape): string {
  return `${name} ${formatCqlType(type)}${clusteringOrder === 'desc' ? ' DESC' : ''}`;
}

function isSameOrder(one: ColumnShape, other: ColumnShape): boolean {
  return (one.clusteringOrder === 'desc') === (other.clusteringOrder === 'desc');
}

function comparedColumn({ name, type, clusteringOrder }: ColumnShape): ComparedColumn {
  return { name, type, isDescending: clusteringOrder === 'desc' };
}

/** The columns outside the key, of both tables and of one alone. */
function othersOf(source: TableShape, target: TableShape, masked: readonly string[]) {
  const both: ColumnShape[] = [];
  const left: LeftColumn[] = [];
  for (const column of source.columns.filter(isOutsideKey)) {
    const other = target.columns.find(({ name }) => name === column.name);
    if (other === undefined) left.push({ name: column.name, why: 'only the source has it' });
    // Whether two values are the same says something of both.
    else if (masked.includes(column.name)) left.push({ name: column.name, why: MASKED });
    else if (other.kind !== column.kind) {
      left.push({ name: column.name, why: `it is ${column.kind} in the source and ${other.kind} in the target` });
    } else if (!isSameType(column.type, other.type)) {
      const [was, is] = [formatCqlType(column.type), formatCqlType(other.type)];
      left.push({ name: column.name, why: `it is ${was} in the source and ${is} in the target` });
    } else both.push(column);
  }
  for (const { name } of target.columns.filter(isOutsideKey)) {
    if (!source.columns.some((column) => column.name === name)) left.push({ name, why: 'only the target has it' });
  }
  return { both, left };
}

const MASKED = 'it is masked for you';

function isOutsideKey({ kind }: ColumnShape): boolean {
  return kind === 'regular' || kind === 'static';
}

/** Frozen or not, in whichever keyspace a user-defined type is: values have the same bytes. */
export function isSameType(one: CqlType, other: CqlType): boolean {
  return bareText(one) === bareText(other);
}

function bareText(type: CqlType): string {
  return JSON.stringify(type, (field: string, value: unknown) =>
    field === 'frozen' || field === 'keyspace' ? undefined : value,
  );
}
