import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as endpoints from '@/lib/contract/endpoints';
import { KEPT_CHARACTERS, keptInput, keptStatement } from './kept-input';

const REDACT = { literals: 'redact', parameters: 'redact' } as const;
const KEEP = { literals: 'keep', parameters: 'keep' } as const;

describe('what was sent', () => {
  it('keeps names and choices, and no values', () => {
    const input = {
      ...{ keyspace: 'k', table: 't', columns: ['a', 'b'], consistency: 'ONE', pageRows: 100, allowFiltering: true },
      filters: [{ column: 'a', operator: '=', value: 'Ada' }],
      params: { name: 'Ada', table: 'Ada', age: 36 },
      rows: [['Ada', 36]],
      target: { keyspace: 'other', table: 'u' },
    };
    expect(keptInput(input, { ...REDACT, literals: 'keep' })).toEqual({
      ...{ keyspace: 'k', table: 't', columns: ['a', 'b'], consistency: 'ONE', pageRows: 100, allowFiltering: true },
      filters: [{ column: 'a', operator: '=', value: '•••' }],
      params: '•••',
      rows: '•••',
      target: { keyspace: 'other', table: 'u' },
    });
    expect(keptInput(input, KEEP)).toEqual(input);
  });

  it('has the values of a column that is named like a secret, where values are kept', () => {
    const params = { password: 'of a row', token: 'of a row' };
    const changes = [
      { kind: 'update', key: { token: 1 }, seen: { password: 'before' }, edits: { password: { set: 'after' } } },
      { kind: 'insert', key: { id: 1 }, values: { api_secret: 'x', profile: { credentials: 'y' } } },
    ];
    const mapping = [{ to: 'password', from: { field: 'password' }, steps: [] }];
    const filters = [{ column: 'password', operator: '=', value: 'x' }];
    const input = { columns: ['password'], params, changes, filters, bind: { mapping }, set: { password: 'x' } };
    expect(keptInput(input, KEEP)).toEqual(input);
    expect(keptInput(input, REDACT)).toEqual({
      ...{ columns: ['password'], params: '•••', changes: '•••', bind: '•••', set: '•••' },
      filters: [{ column: 'password', operator: '=', value: '•••' }],
    });
  });

  it('has the ends of a range of the ring, and not what is called a token otherwise', () => {
    const input = { fromToken: '-1', toToken: '5', token: 'x' };
    for (const redaction of [KEEP, REDACT]) expect(keptInput(input, redaction)).toEqual({ ...input, token: '•••' });
  });

  it('of an endpoint that takes a secret is nothing', () => {
    const { signIn, ownPassword, connectTest, ...rest } = endpoints;
    const started = [rest.loadStart, rest.copyStart, rest.changeManyStart, rest.mutationRun];
    for (const { post } of [signIn, ownPassword, connectTest, ...started]) expect(post.records).not.toBe('input');
  });

  it('is bounded, and has the statement elsewhere', () => {
    expect(keptInput({ statement: 'SELECT 1', statements: [], confirm: { statement: 'x' } }, KEEP)).toEqual({});
    expect(keptInput({ request: { statement: "ALTER USER a WITH PASSWORD 'x'" } }, KEEP)).toEqual({
      request: { statement: "ALTER USER a WITH PASSWORD '•••'" },
    });
    expect(keptInput({ list: Array.from({ length: 500 }, () => 1) }, KEEP)).toMatchObject({
      list: expect.arrayContaining(['… 400 more']),
    });
    expect(keptInput({ note: 'x'.repeat(20_000) }, KEEP)).toEqual({ isTooLong: true });
    expect([keptInput(undefined, KEEP), keptInput({}, KEEP)]).toEqual([undefined, undefined]);
  });

  it('never holds a secret, and by setting no value, however deep', () => {
    const secret = fc.constantFrom('password', 'newPassword', 'client_secret', 'token', 'credentials');
    const value = fc.oneof(fc.constant('≡hidden≡'), fc.record({ inner: fc.constant('≡hidden≡') }));
    const wrap = (depth: number, inner: unknown): unknown => (depth === 0 ? inner : { more: [wrap(depth - 1, inner)] });
    fc.assert(
      fc.property(secret, value, fc.nat(6), (name, hidden, depth) => {
        expect(JSON.stringify(keptInput({ at: wrap(depth, { [name]: hidden }) }, KEEP))).not.toContain('≡');
        expect(JSON.stringify(keptInput({ at: wrap(depth, { table: hidden }) }, REDACT))).not.toContain('≡');
      }),
    );
  });
});

describe('a statement', () => {
  it('is kept without passwords, by setting without values', () => {
    const statement = "ALTER ROLE a WITH PASSWORD = 'x' AND OPTIONS = {'a': 'b'}";
    expect(keptStatement(statement, KEEP).text).toBe("ALTER ROLE a WITH PASSWORD = '•••' AND OPTIONS = {'a': 'b'}");
    expect(keptStatement(statement, REDACT).text).toBe(
      "ALTER ROLE a WITH PASSWORD = '•••' AND OPTIONS = {'•••': '•••'}",
    );
  });

  it('that is long is cut, and says how long it was', () => {
    const long = `SELECT ${'a'.repeat(KEPT_CHARACTERS)}`;
    const { text, characters } = keptStatement(long, KEEP);
    expect([text.length, characters]).toEqual([KEPT_CHARACTERS, long.length]);
  });
});
