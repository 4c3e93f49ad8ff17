import { describe, expect, it } from 'vitest';
import { roleConfigSchema } from '@/lib/contract/rights';
import { grantedSchema, mayMaskMore, newlyMasked } from './granted';
import { rightsOf } from './rules';

const ANNA = { name: 'anna', way: 'local' as const, groups: [] };
const rights = (...roles: object[]) =>
  rightsOf(
    roles.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role })),
    ANNA,
  );
const PLACES = [{ cluster: 'prod', keyspace: 'shop', table: 'orders' }];
const COLUMNS = ['id', 'email', 'city'];
const email = { as: 'analyst', masks: [{ columns: ['email'] }] };
const both = { as: 'analyst', masks: [{ columns: ['email', 'city'] }] };
const open = { as: 'analyst' };

describe('what is masked now and was not then', () => {
  it.each([
    ['nothing where nothing changed', [email], [email], null],
    ['nothing where more is shown', [both], [email], null],
    ['a column that a role masks by now', [email], [both], 'city'],
    ['a column that another role showed before', [email, open], [email], 'email'],
    [
      'nothing where it only looks otherwise',
      [email],
      [{ ...email, masks: [{ columns: ['email'], as: 'null' }] }],
      null,
    ],
  ])('is %s', (_name, then, now, column) => {
    expect(newlyMasked(rights(...then), rights(...now), PLACES, COLUMNS)).toBe(column);
  });

  it('may be anything of rows whose table is not known, once any rule changed', () => {
    expect(mayMaskMore(rights(email), rights(email))).toBe(false);
    expect(mayMaskMore(rights(open), rights(email))).toBe(true);
    expect(mayMaskMore(rights(email), rights(open))).toBe(false);
  });

  it('is decided by what a file kept of the rights of then', () => {
    const granted = { asker: ANNA, rights: { ...rights(email), rules: [...rights(email).rules] } };
    const read = grantedSchema.parse(JSON.parse(JSON.stringify(granted)));
    expect(newlyMasked(read.rights, rights(both), PLACES, COLUMNS)).toBe('city');
    expect(mayMaskMore(read.rights, rights(email))).toBe(false);
    expect(mayMaskMore(read.rights, rights(both))).toBe(true);
  });
});
