import { describe, expect, it } from 'vitest';
import { nodeRowsOf } from './node-rows';
import { facts, node, rowsRead, seeing, silent, view } from './test-facts';

describe('every node in a line', () => {
  it('sums up what the node says, with the time of each number', () => {
    const busy = node(1, {
      pools: rowsRead<'pools'>([
        { name: 'ReadStage', active: 0, limit: 32, pending: 3, blocked: 1, blockedEver: 4 },
        { name: 'MutationStage', active: 0, limit: 32, pending: 2, blocked: 0, blockedEver: 0 },
      ]),
      queries: rowsRead<'queries'>([{ runningMs: 4 }, { runningMs: 9_000 }]),
      disk: rowsRead<'disk'>([{ keyspace: 'shop', table: 't', value: 3 }]),
      tasks: rowsRead<'tasks'>([{ kind: 'compaction' }, { kind: 'cleanup' }]),
      gossip: rowsRead<'gossip'>([view(1, 'up', { startedS: 1_795_960_041 })]),
    });
    const [row] = nodeRowsOf(facts({ nodes: [busy] })).nodes;
    expect(row).toMatchObject({ state: 'up', release: '5.0.9', tokens: 1 });
    expect(row?.numbers).toMatchObject({
      pending: { value: 5, at: '2026-11-29T10:00:00.000Z' },
      blocked: { value: 1 },
      queries: { value: 2 },
      oldestQuery: { value: 9_000 },
      disk: { value: 3_145_728 },
      compactions: { value: 1 },
      started: { value: 1_795_960_041_000 },
      load: { value: 1_000_000 },
    });
  });

  it('calls a silent node unknown, and down only when another node does', () => {
    const [, , unknown] = nodeRowsOf(facts({ nodes: [node(1), node(2), silent(3)] })).nodes;
    expect(unknown).toMatchObject({ state: 'unknown', lastAnswerAt: '2026-11-29T09:55:00.000Z' });
    expect(unknown?.numbers.pending).toEqual({ value: null, at: null, why: 'it does not react in time' });
    const [, , down] = nodeRowsOf(facts({ nodes: [seeing(1, 'down'), node(2), silent(3)] })).nodes;
    expect(down?.state).toBe('down');
  });

  it('says why a number is unknown, which is not zero', () => {
    const lacking = node(1, {
      hints: { outcome: 'no_such_table', statement: 'SELECT files FROM system_views.pending_hints' },
      clients: { outcome: 'not_permitted', statement: 'SELECT', reason: 'No permission.', role: 'reader' },
    });
    const [row] = nodeRowsOf(facts({ nodes: [lacking] })).nodes;
    expect(row?.numbers.hints).toEqual({ value: null, at: null, why: 'This release has no such table.' });
    expect(row?.numbers.clients.why).toBe('No permission. GRANT SELECT ON KEYSPACE system_views TO reader helps.');
  });
});
