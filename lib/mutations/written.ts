import type { TableName } from '@/lib/contract/common';
import type { HistoryEntry } from '@/lib/contract/history';
import type { MutationOptions } from '@/lib/contract/mutations';
import { classify } from '@/lib/cql/classifier';

/** How many writes of the table are looked at. */
const MOST_WRITES = 200;

/**
 * Whether the history of a table, with what is to be written now, has conditional and plain writes.
 * @param history entries whose lines have a text, newest first
 */
export async function hasBothKinds(
  { keyspace, table }: TableName,
  mode: MutationOptions['mode'],
  history: (holding: string) => Promise<Iterable<HistoryEntry>>,
): Promise<boolean> {
  let seen = 0;
  for (const entry of await history(table)) {
    if (seen === MOST_WRITES) break;
    if (!entry.isWrite) continue;
    const { target, change } = classify(entry.statement);
    if (target?.name !== table || (target.keyspace ?? entry.keyspace) !== keyspace || change == null) continue;
    seen++;
    if (change.isConditional !== (mode === 'guarded')) return true;
  }
  return false;
}
