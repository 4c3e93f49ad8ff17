import { useQuery } from '@tanstack/react-query';
import { rightsQuery } from '@/lib/client/rights';
import { useDebounced } from '@/lib/client/use-debounced';
import type { RightsAnswer } from '@/lib/contract/rights-answer';
import type { MoveDraft } from './move-draft';

const TYPING_MS = 300;
const TO_COMPARE = ['read', 'export'];

/** Why rows may not go into a table, or be compared with it, by what the server says of the rights on it; null: they may. */
export function targetRefusal({ task, create }: Pick<MoveDraft, 'task' | 'create'>, { verbs }: RightsAnswer) {
  // The other columns of a table with masks are written and compared.
  const missing = verbs.filter((one) => one.missing?.isMasked === false).map(({ verb }) => verb);
  const lacked = missing.find((verb) => (task === 'compare' ? TO_COMPARE.includes(verb) : verb === 'write'));
  if (lacked !== undefined) return `No role gives you ${lacked} on this table: choose another.`;
  if (task === 'compare' || !create || !missing.includes('ddl')) return null;
  return 'No role gives you ddl on this table, which creating it needs: choose one that is there, and clear “Create the table”.';
}

/** The same of a draft’s target, once its name stays the same; null until the answer is here. */
export function useTargetRefusal(draft: MoveDraft): string | null {
  const [keyspace, table] = [draft.keyspace.trim(), draft.table.trim()];
  const name = JSON.stringify([keyspace, table]);
  const isSettled = useDebounced(name, TYPING_MS) === name;
  const isNamed = keyspace !== '' && table !== '';
  const place = { keyspace, table };
  const { data } = useQuery({ ...rightsQuery(draft.cluster, place, null), enabled: isSettled && isNamed });
  return data === undefined || !isNamed ? null : targetRefusal(draft, data);
}
