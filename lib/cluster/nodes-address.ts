import { NODE_STATES } from '@/lib/contract/nodes';
import { NODE_COLUMNS, NODE_GROUPS, type NodesAddress } from './nodes-table';

/** What the page of all nodes keeps in its address: `sort=-load&group=rack&find=eu&state=down`. */

export function readNodesAddress(search: string): NodesAddress {
  const given = new URLSearchParams(search);
  const sort = given.get('sort') ?? '';
  const id = sort.replace(/^-/, '');
  return {
    sort: NODE_COLUMNS.some((column) => column.id === id) ? id : 'node',
    isDescending: sort.startsWith('-') && canSortBy(sort),
    group: NODE_GROUPS.find((name) => name === given.get('group')) ?? null,
    find: given.get('find') ?? '',
    state: NODE_STATES.find((name) => name === given.get('state')) ?? null,
  };
}

export const canSortBy = (text: string) => NODE_COLUMNS.some(({ id }) => id === text.replace(/^-/, ''));

/** The query string with `change` in it; what is not of the nodes stays. */
export function writeNodesAddress(search: string, change: Partial<NodesAddress>): string {
  const next = new URLSearchParams(search);
  const all = { ...readNodesAddress(search), ...change };
  const parts = {
    sort: all.sort === 'node' && !all.isDescending ? '' : `${all.isDescending ? '-' : ''}${all.sort}`,
    group: all.group ?? '',
    find: all.find,
    state: all.state ?? '',
  };
  for (const [name, text] of Object.entries(parts)) {
    if (text === '') next.delete(name);
    else next.set(name, text);
  }
  return next.toString();
}
