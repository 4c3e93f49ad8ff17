import { describe, expect, it } from 'vitest';
import { allowanceOf, missingWords, placeWords, ruleWords, typedGroups } from './rights-words';

const rule = {
  role: 'shop',
  clusters: ['*'],
  keyspaces: ['*'],
  tables: ['*'],
  verbs: ['see' as const],
  masked: [],
  limits: {},
};
const lack = { verb: 'read' as const, keyspace: null, table: null, isMasked: false };

describe('the words of rights', () => {
  it.each([
    [{ keyspace: null, table: null }, 'the cluster prod'],
    [{ keyspace: 'shop', table: null }, 'the keyspace shop'],
    [{ keyspace: 'shop', table: 'orders' }, 'shop.orders'],
  ])('%j is %s', (place, words) => expect(placeWords({ cluster: 'prod', ...place })).toBe(words));

  it.each([
    [{}, 'all keyspaces; all tables; on all clusters'],
    [{ keyspaces: ['shop'], tables: ['a', 'b*'], clusters: ['prod*'] }, 'keyspace shop; tables a, b*; on prod*'],
    [
      { limits: { rows: 1, rowsPerSecond: 2_000 } },
      'all keyspaces; all tables; on all clusters; at most 1 row, 2,000 rows a second',
    ],
    [{ masked: ['email'] }, 'all keyspaces; all tables; on all clusters; masks email'],
  ])('a rule for %j: %s', (given, words) => expect(ruleWords({ ...rule, ...given })).toBe(words));

  it.each([
    [{}, 'needs read on all of the cluster prod'],
    [{ keyspace: 'shop' }, 'needs read on all of the keyspace shop'],
    [{ keyspace: 'shop', table: 'orders' }, 'needs read on shop.orders'],
    [{ keyspace: 'shop', table: 'orders', isMasked: true }, 'columns of shop.orders are masked'],
  ])('missing %j: %s', (given, words) => expect(missingWords({ ...lack, ...given }, 'prod')).toBe(words));

  it('are yes, partly or no', () => {
    const verb = { verb: 'read' as const, of: 'place' as const, rule: null, limits: [] };
    expect(allowanceOf({ ...verb, missing: null, partly: null })).toBe('yes');
    expect(allowanceOf({ ...verb, missing: lack, partly: rule })).toBe('partly');
    expect(allowanceOf({ ...verb, missing: lack, partly: null })).toBe('no');
  });

  it.each([
    ['', undefined],
    [' , ', undefined],
    ['dba', ['dba']],
    [' shop team ,dba,', ['shop team', 'dba']],
  ])('groups typed as “%s”', (text, groups) => expect(typedGroups(text)).toEqual(groups));
});
