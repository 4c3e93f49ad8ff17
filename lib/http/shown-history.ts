import 'server-only';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Principal } from '@/lib/contract/principal';
import { lackOf, need } from '@/lib/rights/needs';
import type { PersonRights } from '@/lib/rights/rules';
import { statementNeeds } from '@/lib/rights/statement-needs';

/**
 * Which runs of a cluster a person sees: their own; those of others with `operate` for the whole cluster and every right
 * that the statement needs, because its text has values.
 */
export function shownTo(
  cluster: string,
  { id }: Principal,
  rights: PersonRights | null,
): (entry: Pick<HistoryEntry, 'who' | 'statement' | 'keyspace'>) => boolean {
  if (rights === null) return () => true;
  const seesOthers = lackOf(rights, [need('operate', { cluster })]) === null;
  return ({ who, statement, keyspace }) => {
    if (who === id) return true;
    if (!seesOthers) return false;
    const needed = statementNeeds(statement, { cluster, keyspace: keyspace ?? undefined }, 'read');
    return 'needs' in needed && lackOf(rights, needed.needs) === null;
  };
}
