import { describe, expect, it } from 'vitest';
import type { ClusterHealth, StateResponse } from '@/lib/contract/clusters';
import { connectionOf, isLost } from './connection';

const health = (status: ClusterHealth['status'], extra: Partial<ClusterHealth> = {}): StateResponse => ({
  clusters: [{ name: 'a', status, release: '5.0.9', nodesUp: 3, nodesTotal: 3, ...extra }],
});

describe('how the page stands to its cluster', () => {
  it('knows nothing before the first answer, nor of a cluster that the answer does not name', () => {
    expect(connectionOf('a', undefined, null).state).toBe('unknown');
    expect(connectionOf('b', health('connected'), null).state).toBe('unknown');
  });

  it('takes the state from the answer', () => {
    expect(connectionOf('a', health('connected'), null).state).toBe('connected');
    expect(connectionOf('a', health('idle'), null).state).toBe('connecting');
    const error = { code: 'cluster_unreachable', message: 'No node answers.', retryable: true } as const;
    expect(connectionOf('a', health('unreachable', { error }), null)).toEqual({ state: 'cluster-lost', error });
  });

  it('an old good answer does not hide that the server is gone', () => {
    const connection = connectionOf('a', health('connected'), new Error('does not answer'));
    expect(connection).toEqual({ state: 'server-lost', message: 'does not answer' });
    expect(isLost(connection)).toBe(true);
  });
});
