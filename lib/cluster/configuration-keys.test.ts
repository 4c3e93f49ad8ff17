import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configFileSchema } from '@/lib/contract/config-file';
import { changedKeys, TAKEN_AT_ONCE, TAKEN_AT_START, waitingKeys } from './configuration-keys';

const prod = { name: 'prod', contactPoints: ['10.0.0.1'], port: 9042, tls: { verify: true } };
const file = { clusters: [prod], signIn: { origin: 'https://a.example.com', idleMinutes: 60 } };
const keys = (before: unknown, after: unknown) => changedKeys(JSON.stringify(before), JSON.stringify(after));

describe('the keys that changed', () => {
  it.each([
    ['nothing', file, []],
    ['a value of a cluster', { ...file, clusters: [{ ...prod, port: 9043 }] }, ['clusters[prod].port']],
    ['a value in a value', { ...file, clusters: [{ ...prod, tls: { verify: false } }] }, ['clusters[prod].tls.verify']],
    ['a list', { ...file, clusters: [{ ...prod, contactPoints: [] }] }, ['clusters[prod].contactPoints']],
    ['another cluster', { ...file, clusters: [prod, { ...prod, name: 'test' }] }, ['clusters[test]']],
    ['a cluster that is gone', { ...file, clusters: [] }, ['clusters[prod]']],
    ['clusters that are only in another order', { ...file, clusters: [prod] }, []],
    ['a key that is gone', { clusters: file.clusters }, ['signIn']],
    ['several', { ...file, signIn: { origin: 'x' }, roles: [] }, ['signIn.origin', 'signIn.idleMinutes', 'roles']],
  ])('%s', (_what, after, expected) => expect(keys(file, after)).toEqual(expected));

  it('of a list of clusters alone are those of clusters', () => {
    expect(keys([prod], [{ ...prod, port: 1 }])).toEqual(['clusters[prod].port']);
  });

  it('are all where there was no file, and none where one is not JSON', () => {
    expect(changedKeys(null, JSON.stringify(file))).toEqual(['clusters', 'signIn']);
    expect(changedKeys('{"password": "s', JSON.stringify(file))).toEqual([]);
    expect(changedKeys(JSON.stringify(file), '{"password": "s')).toEqual([]);
  });

  it('never have a value in them, and are not too many', () => {
    const secret = 'hunter2';
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constant(secret),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(keys({ before }, { before: after }).join()).not.toContain(secret);
      }),
    );
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, at]));
    expect(keys({}, many)).toHaveLength(100);
  });
});

describe('a key of the configuration file', () => {
  it('is taken at once or at the start, and there is no third way', () => {
    expect([...TAKEN_AT_ONCE, ...TAKEN_AT_START].sort()).toEqual(Object.keys(configFileSchema.shape).sort());
  });

  it('is in the table of the docs, which says when it is taken', () => {
    const docs = readFileSync('docs/configuration.md', 'utf8');
    const rows = docs.matchAll(/^\| ([^|]+) \| (at once|at the next start)\b/gm);
    const said = [...rows].flatMap(([, keys = '', when]) =>
      [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => [key, when]),
    );
    const taken = [
      ...TAKEN_AT_ONCE.filter((key) => key !== '$schema').map((key) => [key, 'at once']),
      ...TAKEN_AT_START.map((key) => [key, 'at the next start']),
    ];
    expect(said.sort()).toEqual(taken.sort());
  });

  it('waits with all that is in it', () => {
    expect(waitingKeys(['signIn.origin', 'roles', 'clusters[tls].port', 'tls.cert'])).toEqual([
      'signIn.origin',
      'tls.cert',
    ]);
  });
});
