import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import type { SearchState } from '@/lib/client/use-search-state';

/** What the address of a load says: `?again=…`, the job whose failed records are loaded again; null: none. */
export interface LoadAddress {
  readonly again: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const LOAD_ADDRESS: SearchState<LoadAddress> = {
  read: (search) => {
    const [again = null, ...more] = new URLSearchParams(search).getAll('again');
    return { again: again !== null && more.length === 0 && UUID.test(again) ? again : null };
  },
  write: (search, { again }) => {
    const next = new URLSearchParams(search);
    if (again === null) next.delete('again');
    else if (again !== undefined) next.set('again', again);
    return next.toString();
  },
};

/** The parts of a query string that name a job and cannot be read. */
export function unreadLoadParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, { again: { canRead: (text) => UUID.test(text), expected: 'expected the id of a job' } });
}
