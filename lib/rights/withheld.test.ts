import { expect, it } from 'vitest';
import { roleConfigSchema } from '@/lib/contract/rights';
import { rightsOf } from './rules';
import { withheldFrom } from './withheld';

const PLACE = { keyspace: 'crm', table: 'customers' };
const target = { keyspace: 'crm', table: 'copies' };

function rightsAs(as: string, more: object = {}) {
  const role = roleConfigSchema.parse({ name: 'r', subjects: [{ everybody: true }], as, ...more });
  return rightsOf([role], { name: 'anna', way: 'local', groups: [] });
}

it.each([
  ['export', PLACE, 'viewer', 'it needs read on crm.customers of prod.'],
  ['export', PLACE, 'analyst', null],
  ['compare', { ...PLACE, target }, 'analyst', null],
  ['copy', { ...PLACE, target }, 'analyst', 'it needs write on crm.copies of prod.'],
  ['load', PLACE, 'analyst', 'it needs write on crm.customers of prod.'],
  ['change', PLACE, 'analyst', 'it needs write on crm.customers of prod.'],
  ['change', PLACE, 'editor', null],
  ['of another version', PLACE, 'admin', 'Ringside cannot tell what this job reads or writes.'],
])('a job is withheld from whoever lacks its right: %s %j %s', (kind, request, as, missing) => {
  const words = withheldFrom(rightsAs(as), { kind, cluster: 'prod', request });
  if (missing === null) expect(words).toBeNull();
  else expect(words).toContain(missing);
});

it('it is withheld from nobody where nobody signs in, and masks are no reason before it goes on', () => {
  const order = { kind: 'load', cluster: 'prod', request: PLACE };
  expect(withheldFrom(null, order)).toBeNull();
  expect(withheldFrom(rightsAs('editor', { masks: [{ columns: ['email'] }] }), order)).toBeNull();
});
