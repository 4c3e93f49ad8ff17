import type { z } from 'zod';
import type { extraColumnsSchema } from '@/lib/contract/exports';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';

export type Extras = z.output<typeof extraColumnsSchema>;

/** The selection of a SELECT, with TTL and write time next to the columns that have them. */
export interface SelectionWithExtras {
  /** The selectors as CQL text, in order. */
  readonly selectors: readonly string[];
  /** Columns that have neither, although they were requested. */
  readonly without: readonly string[];
}

/**
 * Adds `ttl(column)` and `writetime(column)` after each column that has them: one cell outside the key. A collection or
 * user-defined type that is not frozen has many cells, and a counter has neither.
 */
export function withExtras(columns: readonly ColumnShape[], extras: Extras): SelectionWithExtras {
  const without: string[] = [];
  const selectors = columns.flatMap((column) => {
    const name = quoteIdentifier(column.name);
    if (column.kind === 'partition_key' || column.kind === 'clustering') return [name];
    if (!isOneCell(column.type)) {
      without.push(column.name);
      return [name];
    }
    return [name, ...(extras.ttl ? [`ttl(${name})`] : []), ...(extras.writetime ? [`writetime(${name})`] : [])];
  });
  return { selectors, without };
}

/** A warning about columns that have no TTL or write time; null if there are none. */
export function extrasWarning({ without }: SelectionWithExtras): string | null {
  if (without.length === 0) return null;
  return `TTL and write time are left out for ${without.join(', ')}: collections and types that are not frozen have them per element, and counters have none.`;
}

function isOneCell(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return type.name !== 'counter';
    case 'list':
    case 'set':
    case 'map':
    case 'udt':
      return type.frozen === true;
    case 'tuple':
    case 'vector':
    case 'custom':
      return true;
    default:
      return type satisfies never;
  }
}
