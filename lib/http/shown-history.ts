import 'server-only';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Principal } from '@/lib/contract/principal';
import { history } from '@/lib/history/history';
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

/**
 * Finds runs of a cluster by a text that their lines have, newest first, as far as a person sees them.
 * @param runs all of them
 */
export function shownRuns(
  cluster: string,
  principal: Principal,
  rights: PersonRights | null,
  runs = (holding: string): Promise<Iterable<HistoryEntry>> => history().holding(cluster, holding),
): (holding: string) => Promise<Iterable<HistoryEntry>> {
  const isShown = shownTo(cluster, principal, rights);
  return async (holding) => shownOf(await runs(holding), isShown);
}

/** One after another: whoever has seen enough reads no further. */
function* shownOf(entries: Iterable<HistoryEntry>, isShown: (entry: HistoryEntry) => boolean): Generator<HistoryEntry> {
  for (const entry of entries) if (isShown(entry)) yield entry;
}
