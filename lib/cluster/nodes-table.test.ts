import { describe, expect, it } from 'vitest';
import { readNodesAddress, writeNodesAddress } from './nodes-address';
import { NODE_COLUMNS, nodeLines, sumOf } from './nodes-table';
import { simulatedNode, simulatedNodes } from './test-nodes';

const { nodes } = simulatedNodes(1_000);
const lines = (search: string, closed: readonly string[] = []) =>
  nodeLines(nodes, readNodesAddress(search), new Set(closed));
const addresses = (search: string) =>
  lines(search).map((line) => (line.kind === 'node' ? line.row.node : line.group.label));

describe('the table of nodes', () => {
  it('sorts addresses as numbers', () => {
    expect(addresses('').slice(0, 3)).toEqual(['10.0.0.0:9042', '10.0.0.1:9042', '10.0.0.2:9042']);
    expect(addresses('sort=-node').slice(0, 2)).toEqual(['10.0.3.249:9042', '10.0.3.248:9042']);
  });

  it.each(NODE_COLUMNS.map(({ id }) => id))('sorts by %s both ways, what is not known last', (id) => {
    const column = NODE_COLUMNS.find((one) => one.id === id);
    for (const search of [`sort=${id}`, `sort=-${id}`]) {
      const values = lines(search).flatMap((line) => (line.kind === 'node' ? [column?.value(line.row) ?? null] : []));
      const known = values.filter((value) => value !== null);
      expect(values.slice(known.length).every((value) => value === null)).toBe(true);
      if (known.every((value) => typeof value === 'number')) {
        const ordered = known.toSorted((a, b) => (search.includes('-') ? b - a : a - b));
        expect(known).toEqual(ordered);
      }
    }
  });

  it('puts the worst state first', () => {
    expect(addresses('sort=state')[0]).toBe('10.0.0.49:9042');
  });

  it('groups by datacenter, or by rack within it, and folds a group', () => {
    expect(lines('group=datacenter').filter(({ kind }) => kind === 'group')).toHaveLength(2);
    expect(lines('group=rack').filter(({ kind }) => kind === 'group')).toHaveLength(10);
    expect(lines('group=datacenter', ['eu'])).toHaveLength(502);
  });

  it('finds by words and state', () => {
    expect(addresses('find=US%20rack1%20').length).toBe(100);
    expect(addresses('state=unknown')).toHaveLength(20);
    expect(addresses('state=down')).toEqual([]);
  });

  it('sums up what is known, and says of how many nodes', () => {
    const pending = NODE_COLUMNS.find(({ id }) => id === 'pending');
    const oldest = NODE_COLUMNS.find(({ id }) => id === 'oldestQuery');
    if (pending === undefined || oldest === undefined) throw new Error('no such column');
    const some = [simulatedNode(0), simulatedNode(1), simulatedNode(49)];
    expect(sumOf(pending, some)?.known).toBe(2);
    expect(sumOf(pending, [simulatedNode(49)])).toBeNull();
    expect(sumOf(oldest, some)).toBeNull();
  });
});

describe('the address of the table', () => {
  it.each(['', 'sort=-load', 'group=rack&find=eu+rack1&state=down', 'sort=state&other=1'])('keeps %s', (search) => {
    const written = writeNodesAddress(search, readNodesAddress(search));
    expect([...new URLSearchParams(written)].sort()).toEqual([...new URLSearchParams(search)].sort());
  });

  it('takes what makes no sense as absent', () => {
    expect(readNodesAddress('sort=-bad&group=bad&state=bad')).toEqual(readNodesAddress(''));
  });
});
