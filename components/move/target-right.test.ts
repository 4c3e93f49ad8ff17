import { expect, it } from 'vitest';
import { roleConfigSchema } from '@/lib/contract/rights';
import type { RightsAnswer } from '@/lib/contract/rights-answer';
import { explainRights } from '@/lib/rights/explained';
import { rightsOf } from '@/lib/rights/rules';
import { targetRefusal } from './target-right';

/** What the server answers of `ks.t` to somebody with one role. */
function answerTo(role: object | null): RightsAnswer {
  const place = { cluster: 'demo', keyspace: 'ks', table: 't' };
  const roles =
    role === null ? null : [roleConfigSchema.parse({ name: 'r', subjects: [{ everybody: true }], ...role })];
  const rights = roles && rightsOf(roles, { name: 'anna', way: 'local', groups: [] });
  const verbs = explainRights(rights, place, null);
  return { person: null, verbs, rules: [], isReadOnly: false, mayAskOfOthers: false };
}

it.each([
  ['copy', true, { as: 'editor', keyspaces: ['other'] }, 'No role gives you write on this table'],
  ['copy', false, { as: 'analyst' }, 'No role gives you write on this table'],
  ['copy', true, { as: 'editor' }, 'No role gives you ddl on this table, which creating it needs'],
  ['copy', false, { as: 'editor' }, null],
  ['copy', false, { as: 'editor', masks: [{ columns: ['email'] }] }, null],
  ['copy', true, { as: 'admin' }, null],
  ['copy', true, null, null],
  ['compare', true, { as: 'viewer' }, 'No role gives you read on this table'],
  ['compare', true, { allow: [{ verbs: ['read'] }] }, 'No role gives you export on this table'],
  ['compare', true, { as: 'analyst' }, null],
] as const)('a target to %s, created: %s, for %j: %s', (task, create, role, refusal) => {
  const found = targetRefusal({ task, create }, answerTo(role));
  if (refusal === null) expect(found).toBeNull();
  else expect(found).toContain(refusal);
});
