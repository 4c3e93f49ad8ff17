import type { SchemaResponse } from '@/lib/contract/schema';
import { type Need, need } from './needs';

/** Needs with those for the tables of views, by the schema of their cluster: a view shows the rows of its table. */
export function withBases(needs: readonly Need[], cluster: string, { keyspaces }: SchemaResponse): readonly Need[] {
  return needs.flatMap((one) => {
    const { verb, place } = one;
    if (place === null || place.cluster !== cluster || place.table === undefined || verb === 'see') return [one];
    const known = keyspaces.find(({ name }) => name === place.keyspace)?.tables;
    const base = known?.find(({ name }) => name === place.table)?.baseTable ?? null;
    return base === null ? [one] : [one, { ...one, ...need(verb, { ...place, table: base }) }];
  });
}
