import { describe, expect, it } from 'vitest';
import type { Node } from '@/lib/contract/topology';
import { agreementWords, schemaAgreementOf } from './schema-agreement';

type Reported = Pick<Node, 'address' | 'reachable' | 'schemaVersion'>;

const up = (address: string, schemaVersion: string | null): Reported => {
  return { address, schemaVersion, reachable: { state: 'up' } };
};
const down = (address: string, schemaVersion: string | null): Reported => {
  return { address, schemaVersion, reachable: { state: 'down', reason: 'refused' } };
};
const unmet = (address: string, schemaVersion: string | null): Reported => {
  return { address, schemaVersion, reachable: { state: 'unknown', reason: 'not met yet' } };
};
const words = (...nodes: Reported[]) => agreementWords(schemaAgreementOf(nodes));

describe('schema agreement', () => {
  it('counts only nodes that answer for themselves', () => {
    expect(schemaAgreementOf([up('a', 'v1'), up('b', 'v1'), down('c', 'v0'), unmet('d', null)])).toEqual({
      agreed: true,
      versions: [{ version: 'v1', nodes: ['a', 'b'] }],
      unheard: [
        { node: 'c', lastVersion: 'v0' },
        { node: 'd', lastVersion: null },
      ],
    });
  });

  it.each<[string, Reported[], string, string]>([
    ['every node answers and agrees', [up('a', 'v1'), up('b', 'v1')], 'ok', 'all 2 nodes agree'],
    ['there is one node', [up('a', 'v1')], 'ok', 'one node, one version'],
    [
      'one does not answer',
      [up('a', 'v1'), up('b', 'v1'), down('c', 'v1')],
      'warn',
      '2 of 3 nodes agree; c does not answer',
    ],
    [
      'two do not answer',
      [up('a', 'v1'), down('b', 'v1'), unmet('c', null)],
      'warn',
      '1 of 3 nodes agree; b and c do not answer',
    ],
    [
      'many do not answer',
      [up('a', 'v1'), down('b', null), down('c', null), down('d', null)],
      'warn',
      '1 of 4 nodes agree; 3 do not answer',
    ],
    ['versions differ', [up('a', 'v1'), up('b', 'v2')], 'danger', '2 versions on 2 nodes'],
    [
      'versions differ and one is silent',
      [up('a', 'v1'), up('b', 'v2'), down('c', 'v1')],
      'danger',
      '2 versions on 2 nodes; c does not answer',
    ],
    ['nobody answers', [down('a', 'v1'), down('b', 'v1')], 'neutral', 'unknown: no node answers'],
    ['there are no nodes', [], 'neutral', 'unknown: no node answers'],
  ])('when %s', (_, nodes, tone, text) => {
    expect(words(...nodes)).toMatchObject({ tone, text });
  });

  it('never takes a remembered version for agreement, but says when it differs', () => {
    expect(words(up('a', 'v1'), down('b', 'v1')).notes).toEqual(['b last reported the same version.']);
    expect(words(up('a', 'v2'), down('b', 'v1')).notes).toEqual([
      'b last reported another version: it catches up when it is back.',
    ]);
    expect(words(up('a', 'v2'), down('b', null)).notes).toEqual([]);
  });
});
