import type { z } from 'zod';
import type { extraColumnsSchema } from '@/lib/contract/exports';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';

export type Extras = z.output<typeof extraColumnsSchema>;

/** What a SELECT reads, with TTL and write time beside the columns that have them. */
export interface SelectionWithExtras {
  /** The selectors as CQL text, behind each other. */
  readonly selectors: readonly string[];
  /** Columns that have neither, though they were asked for. */
  readonly without: readonly string[];
}

/**
 * Adds `ttl(column)` and `writetime(column)` behind each column that has them: one cell outside the key. A collection or
 * user-defined type that is not frozen is many cells, and a counter keeps neither.
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

/** What to tell of columns that have no TTL or write time of their own; null when there are none. */
export function extrasWarning({ without }: SelectionWithExtras): string | null {
  if (without.length === 0) return null;
  return `No TTL or write time is written for ${without.join(', ')}: collections and types that are not frozen have one for each element, counters have none.`;
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
