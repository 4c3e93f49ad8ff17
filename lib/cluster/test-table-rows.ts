import type { Figures, TableRow } from '@/lib/contract/tables';
import { NO_FIGURES } from '@/lib/health/hurt/figures';

/** A table of which nothing is known but what is given. */
export function tableRow(
  keyspace: string,
  table: string,
  { figures = {}, ...more }: Omit<Partial<TableRow>, 'figures'> & { readonly figures?: Partial<Figures> } = {},
): TableRow {
  return {
    keyspace,
    table,
    kind: 'table',
    system: false,
    compaction: 'SizeTieredCompactionStrategy',
    defaultTtlSeconds: 0,
    indexes: [],
    figures: { ...NO_FIGURES, ...figures },
    windowMs: null,
    degree: null,
    worst: null,
    reasons: [],
    notes: [],
    ...more,
  };
}
