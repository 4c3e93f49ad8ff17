import { describe, expect, it } from 'vitest';
import { agreementOf } from './schema-agreement';

describe('how far the nodes agree on the schema', () => {
  it.each<[string, Record<string, string | null>, ReturnType<typeof agreementOf>]>([
    ['all of them', { a: 'v2', b: 'v2', c: 'v2' }, { nodes: 3, agreed: 3, differing: [], silent: [] }],
    ['one is silent', { a: 'v2', b: 'v2', c: null }, { nodes: 3, agreed: 2, differing: [], silent: ['c'] }],
    ['one is outdated', { a: 'v2', b: 'v1', c: 'v2' }, { nodes: 3, agreed: 2, differing: ['b'], silent: [] }],
    ['one of each', { a: 'v2', b: 'v1', c: null }, { nodes: 3, agreed: 1, differing: ['b'], silent: ['c'] }],
    ['nobody answers', { a: null }, { nodes: 1, agreed: 0, differing: [], silent: ['a'] }],
  ])('%s', (_, versions, agreement) => {
    expect(agreementOf(new Map(Object.entries(versions)))).toEqual(agreement);
  });
});
