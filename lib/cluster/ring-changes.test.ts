import { describe, expect, it } from 'vitest';
import { ringChanges, type SeenNode } from './ring-changes';

const node = (id: string, change: Partial<SeenNode> = {}): SeenNode => ({
  id,
  address: `10.0.0.${id}:9042`,
  datacenter: 'dc1',
  rack: 'r1',
  release: '5.0.9',
  tokenCount: 16,
  tokensMark: `tokens of ${id}`,
  generation: 1_764_000_000,
  ...change,
});
const RING = [node('1'), node('2')];

describe('what happened to the nodes of a ring', () => {
  it.each<[string, readonly SeenNode[], readonly string[]]>([
    ['nothing', RING, []],
    ['a node joined', [...RING, node('3')], ['node_joined 10.0.0.3:9042']],
    ['a node left', [node('1')], ['node_left 10.0.0.2:9042']],
    [
      'a node was replaced',
      [node('1'), node('9', { address: '10.0.0.2:9042' })],
      ['node_left 10.0.0.2:9042', 'node_joined 10.0.0.2:9042'],
    ],
    [
      'a node got another address',
      [node('1'), node('2', { address: '10.0.0.7:9042' })],
      ['node_changed 10.0.0.7:9042'],
    ],
    ['a node moved', [node('1'), node('2', { tokensMark: 'others' })], ['node_moved 10.0.0.2:9042']],
    ['a node restarted', [node('1'), node('2', { generation: 1_764_000_100 })], ['node_restarted 10.0.0.2:9042']],
    ['a node that does not answer did not restart', [node('1'), node('2', { generation: null })], []],
    [
      'a node was upgraded, which restarts it',
      [node('1'), node('2', { release: '5.1.0', generation: 1_764_000_100 })],
      ['node_changed 10.0.0.2:9042', 'node_restarted 10.0.0.2:9042'],
    ],
  ])('%s', (_what, after, events) => {
    expect(ringChanges(RING, after).map(({ kind, node: address }) => `${kind} ${address}`)).toEqual(events);
  });

  it('says when a node started, and what it was before', () => {
    const [changed, restarted] = ringChanges([node('2')], [node('2', { release: '5.1.0', generation: 1_764_000_100 })]);
    expect(changed?.fields).toEqual([{ field: 'release', before: '5.0.9', after: '5.1.0' }]);
    expect(restarted?.fields).toEqual([
      { field: 'started', before: '2025-11-24T16:00:00.000Z', after: '2025-11-24T16:01:40.000Z' },
    ]);
  });
});
