import type { MappedColumn } from '@/lib/contract/transforms';
import { unquoteIdentifier } from '@/lib/cql/identifiers';
import type { CqlTable } from '@/lib/wire/file-format';

/** Why a field was chosen for a column: it has the same name, but for these differences. */
type GuessReason = 'same name' | 'same but for case' | 'same but for spaces, dashes and underscores';

export interface MappingGuess {
  readonly columns: readonly (MappedColumn & { readonly reason: GuessReason })[];
  /** Fields that no column takes. */
  readonly leftFields: readonly string[];
  /** Columns that get no value. */
  readonly leftColumns: readonly string[];
}

/** From the surest to the least sure: how names are made alike. */
const LIKENESS: readonly (readonly [GuessReason, (name: string) => string])[] = [
  ['same name', (name) => name],
  ['same but for case', plain],
  ['same but for spaces, dashes and underscores', (name) => plain(name).replace(/[\s_.-]/g, '')],
];

/** A name without CQL's quotes, spaces around it and case. */
function plain(name: string): string {
  return unquoteIdentifier(name.trim()).toLowerCase();
}

/**
 * The field of each column by name. A field is taken once, by the column that it fits best; where two fit equally well, a
 * person must choose, so neither is taken. `ttl(name)` and `writetime(name)` of exports become those of their column.
 */
export function guessMapping(names: readonly string[], table: CqlTable): MappingGuess {
  const free = new Set(names);
  const chosen = new Map<string, { field: string; reason: GuessReason }>();
  for (const [reason, alike] of LIKENESS) {
    const waiting = table.columns.filter(({ name }) => !chosen.has(name));
    for (const { name } of waiting) {
      const fits = [...free].filter((field) => alike(field) === alike(name));
      const rivals = waiting.filter((other) => alike(other.name) === alike(name));
      const [field] = fits;
      if (field === undefined || fits.length > 1 || rivals.length > 1) continue;
      chosen.set(name, { field, reason });
      free.delete(field);
    }
  }
  const columns = table.columns.flatMap(({ name }) => {
    const found = chosen.get(name);
    if (found === undefined) return [];
    return [{ to: name, from: { field: found.field }, steps: [], ...extras(name, free), reason: found.reason }];
  });
  const leftColumns = table.columns.map(({ name }) => name).filter((name) => !chosen.has(name));
  return { columns, leftFields: [...free], leftColumns };
}

const EXTRA = /^(ttl|writetime)\((.*)\)$/s;

/** The fields with a column's TTL and write time, which are taken. */
function extras(column: string, free: Set<string>): Pick<MappedColumn, 'ttl' | 'timestamp'> {
  const found: { ttl?: string; timestamp?: string } = {};
  for (const field of free) {
    const [, kind, inner = ''] = EXTRA.exec(field) ?? [];
    if (kind === undefined || (inner !== column && unquoteIdentifier(inner) !== column)) continue;
    if (kind === 'ttl') found.ttl = field;
    else found.timestamp = field;
    free.delete(field);
  }
  return found;
}
