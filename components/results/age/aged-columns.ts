import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { ageSupport } from '@/lib/cql/age-select';
import type { AgedColumn } from './age-plan';

/** A column without write times to read, and why. */
export interface UntoldColumn {
  readonly name: string;
  readonly source: number;
  readonly reason: string;
}

/** Which of a result's columns, meant by `sources`, have write times; the primary key never has any. */
export function sortColumns(
  sources: readonly number[],
  header: readonly ResultColumn[],
  table: Table,
  release: string | null,
): { aged: readonly AgedColumn[]; untold: readonly UntoldColumn[] } {
  const aged: AgedColumn[] = [];
  const untold: UntoldColumn[] = [];
  for (const source of sources) {
    const { name = '', kind } = header[source] ?? {};
    const stored = kind === 'computed' ? undefined : table.columns.find((one) => one.name === name);
    const support = stored && ageSupport(stored, release);
    if (support === undefined) untold.push({ name, source, reason: 'it is computed, not stored' });
    else if (support.kind === 'none') untold.push({ name, source, reason: support.reason });
    else if (support.kind !== 'key') aged.push({ name, source, isStatic: kind === 'static', support });
  }
  return { aged, untold };
}
