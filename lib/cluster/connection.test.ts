import { describe, expect, it } from 'vitest';
import type { ClusterHealth, StateResponse } from '@/lib/contract/clusters';
import { connectionOf, isLost } from './connection';

const health = (status: ClusterHealth['status'], extra: Partial<ClusterHealth> = {}): StateResponse => ({
  clusters: [{ name: 'a', status, release: '5.0.9', nodesUp: 3, nodesTotal: 3, ...extra }],
});

describe('the page’s connection to its cluster', () => {
  it('is unknown before the first answer, and for a cluster that is not in it', () => {
    expect(connectionOf('a', undefined, null).state).toBe('unknown');
    expect(connectionOf('b', health('connected'), null).state).toBe('unknown');
  });

  it('takes the state from the answer', () => {
    expect(connectionOf('a', health('connected'), null).state).toBe('connected');
    expect(connectionOf('a', health('idle'), null).state).toBe('connecting');
    const error = { code: 'cluster_unreachable', message: 'No node answers.', retryable: true } as const;
    expect(connectionOf('a', health('unreachable', { error }), null)).toEqual({ state: 'cluster-lost', error });
  });

  it('is lost with the server, whatever an older answer says', () => {
    const connection = connectionOf('a', health('connected'), new Error('does not answer'));
    expect(connection).toEqual({ state: 'server-lost', message: 'does not answer' });
    expect(isLost(connection)).toBe(true);
  });
});
