import { describe, expect, it } from 'vitest';
import type { ApprovalState } from '@/lib/contract/approvals';
import { classify } from '@/lib/cql/classifier';
import { statementNeeds } from '@/lib/rights/statement-needs';
import { changesOf, possibleActs } from './approval-words';

describe('the sorts of change that a statement is', () => {
  it.each([
    ['SELECT * FROM a.b', []],
    ['INSERT INTO a.b (c) VALUES (1)', ['write']],
    ['UPDATE a.b SET c = 1 WHERE d = 1 IF EXISTS', ['write']],
    ['BEGIN BATCH DELETE FROM a.b WHERE c = 1; APPLY BATCH', ['write']],
    ['TRUNCATE a.b', ['write', 'ddl']],
    ['ALTER TABLE a.b ADD c int', ['ddl']],
    ['CREATE TABLE a.role (p int PRIMARY KEY)', ['ddl']],
    ['DROP KEYSPACE a', ['ddl']],
    ['CREATE ROLE r', ['admin']],
    ['DROP USER r', ['admin']],
    ['GRANT SELECT ON a.b TO r', ['admin']],
  ])('%s', (statement, expected) => {
    const changes = changesOf(classify(statement));
    expect(changes).toEqual(expected);
    // The server decides by rights.
    const needs = statementNeeds(statement, { cluster: 'c' }, 'read');
    const verbs = 'needs' in needs ? needs.needs.map(({ verb }) => verb) : [];
    expect(changes.every((one) => verbs.includes(one))).toBe(true);
  });
});

describe('what can be done with a change', () => {
  it.each<[ApprovalState, { isOwn: boolean; mayDecide: boolean }, string[]]>([
    ['waiting', { isOwn: true, mayDecide: false }, ['withdraw']],
    ['waiting', { isOwn: false, mayDecide: true }, ['approve', 'refuse']],
    ['approved', { isOwn: true, mayDecide: false }, ['run', 'withdraw']],
    ['approved', { isOwn: false, mayDecide: true }, ['refuse']],
    ['running', { isOwn: true, mayDecide: false }, []],
    ['ran', { isOwn: false, mayDecide: true }, []],
    ['changed', { isOwn: true, mayDecide: false }, []],
  ])('that is %s, %j', (state, viewer, expected) => {
    const acts = Object.entries(possibleActs({ state, ...viewer })).flatMap(([act, may]) => (may ? [act] : []));
    expect(acts).toEqual(expected);
  });
});
