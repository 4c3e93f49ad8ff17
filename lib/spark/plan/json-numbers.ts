import type { Mapping } from '@/lib/contract/transforms';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { SqlColumn } from './mapping';
import { sqlName } from './sql';

/**
 * Adds a fault to decimals from JSON. Spark turns a number with a fraction into a double and that into text, which has 17
 * digits at most: what has 16 or 17 may have been rounded. Fewer are exact; more were a string.
 */
export function withoutRoundedNumbers(
  columns: readonly SqlColumn[],
  mapping: Mapping,
  target: TableShape,
): SqlColumn[] {
  const decimals = new Set(
    target.columns.filter(({ type }) => type.kind === 'native' && type.name === 'decimal').map(({ name }) => name),
  );
  return columns.map((column) => {
    const from = mapping.find(({ to }) => to === column.name)?.from;
    if (!decimals.has(column.name) || from === undefined || !('field' in from)) return column;
    const field = sqlName(from.field);
    const digits = `length(regexp_replace(${field}, '^[-0.]+|[^0-9]', ''))`;
    const when = `${field} LIKE '%.%' AND ${digits} BETWEEN 16 AND 17`;
    const reason = `${column.name}: Spark may have rounded this number: write it as a string, or load it here`;
    return { ...column, faults: [...column.faults, { when, reason }] };
  });
}
