import { NODE_NUMBERS, type NodeNumber, type NodeRow, type NodesResponse } from '@/lib/contract/nodes';

const AT = '2026-11-29T10:00:00.000Z';

/** A node of a simulated cluster: two datacenters, five racks, every fiftieth node silent. */
export function simulatedNode(index: number, more: Partial<NodeRow> = {}): NodeRow {
  const isSilent = index % 50 === 49;
  const value = (number: NodeNumber) =>
    isSilent
      ? { value: null, at: null, why: 'it does not react in time' }
      : { value: (index * 7_919 + NODE_NUMBERS.indexOf(number) * 104_729) % 1_000, at: AT };
  return {
    node: `10.0.${Math.floor(index / 250)}.${index % 250}:9042`,
    hostId: `host${index}`,
    datacenter: index % 2 === 0 ? 'eu' : 'us',
    rack: `rack${index % 5}`,
    state: isSilent ? 'unknown' : 'up',
    reason: isSilent ? 'it does not react in time' : null,
    lastAnswerAt: isSilent ? AT : null,
    release: '5.0.9',
    tokens: 16,
    owns: 0.001,
    numbers: {
      load: value('load'),
      disk: value('disk'),
      started: value('started'),
      pending: value('pending'),
      blocked: value('blocked'),
      hints: value('hints'),
      clients: value('clients'),
      queries: value('queries'),
      oldestQuery: value('oldestQuery'),
      compactions: value('compactions'),
    },
    ...more,
  };
}

const source = 'SELECT * FROM system_views.test';

export function simulatedNodes(count: number): NodesResponse {
  return {
    nodes: Array.from({ length: count }, (_, index) => simulatedNode(index)),
    sources: {
      load: source,
      disk: source,
      started: source,
      pending: 'SELECT pending_tasks FROM system_views.thread_pools',
      blocked: source,
      hints: source,
      clients: source,
      queries: source,
      oldestQuery: source,
      compactions: source,
    },
    asOf: AT,
  };
}
