import { NATIVE } from './native-types';
import type { Restriction } from './restrictions';
import { isRange } from './restrictions';
import type { IndexShape, TableShape } from './schema-lookup';
import type { CqlType } from './types';

/** SASI keeps text as tries, which it does not read in ranges (`ColumnIndex.supports`). */
function isText(type: CqlType | undefined): boolean {
  return type?.kind === 'native' && NATIVE[type.name].face === 'text';
}

/** By `OnDiskIndexBuilder.Mode` and `ColumnIndex.supports` of Cassandra's SASI. */
function sasiServes({ sasi }: IndexShape, restriction: Restriction, type: CqlType | undefined): boolean {
  const { mode = 'prefix', tokenized = false } = sasi ?? {};
  const isLiteral = isText(type);
  if (restriction.operator === '=') return !tokenized;
  if (isRange(restriction)) return !isLiteral && mode !== 'contains';
  if (restriction.operator !== 'LIKE' || !isLiteral) return false;
  const isInner = restriction.like === 'suffix' || restriction.like === 'contains';
  return mode === 'contains' || (mode === 'prefix' && !isInner);
}

function servesValue(index: IndexShape, restriction: Restriction, type: CqlType | undefined): boolean {
  if (index.kind === 'sasi') return sasiServes(index, restriction, type);
  if (type?.kind === 'vector') return false;
  if (restriction.operator === '=') return true;
  return index.kind === 'sai' && isRange(restriction) && type?.kind === 'native' && NATIVE[type.name].isOrderedInSai;
}

function serves(index: IndexShape, restriction: Restriction, type: CqlType | undefined): boolean {
  if (index.kind === 'unknown' || index.column !== restriction.column || restriction.tuple) return false;
  switch (index.part) {
    case 'value':
      return servesValue(index, restriction, type);
    case 'full':
      return restriction.operator === '=';
    case 'values':
      return restriction.operator === 'CONTAINS';
    case 'keys':
      return restriction.operator === 'CONTAINS KEY';
    case 'entries':
      return restriction.operator === 'ENTRY';
    default:
      return index.part satisfies never;
  }
}

/** The index that Cassandra would use for a condition. */
export function indexFor(table: TableShape, restriction: Restriction): IndexShape | undefined {
  const type = table.columns.find((column) => column.name === restriction.column)?.type;
  return table.indexes.find((index) => serves(index, restriction, type));
}

/** The index that orders a vector column by similarity. */
export function vectorIndexOf(table: TableShape, column: string): IndexShape | undefined {
  return table.indexes.find((index) => index.column === column && index.kind === 'sai' && index.part === 'value');
}
