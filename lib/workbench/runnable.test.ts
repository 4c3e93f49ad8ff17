import { describe, expect, it } from 'vitest';
import type { Keyspace } from '@/lib/contract/schema';
import { classify } from '@/lib/cql/classifier';
import type { EditorFocus } from './runnable';
import { noWritesOn, permitted, runnableAll, runnableAt } from './runnable';

const READ_ONLY = 'This cluster is read-only';
const text = 'SELECT * FROM a;\nDROP TABLE b;';
const atSelect: EditorFocus = { selection: { from: 3, to: 3 }, statement: { text: 'SELECT * FROM a', start: 0 } };
const atDrop: EditorFocus = { selection: { from: 20, to: 20 }, statement: { text: 'DROP TABLE b', start: 17 } };

describe('what Run would run', () => {
  it('is the statement at the cursor, or the selection', () => {
    expect(runnableAt(text, atDrop, null)).toEqual({ place: atDrop.statement, count: 1, blocked: null });
    const selection = { ...atDrop, selection: { from: 0, to: text.length } };
    expect(runnableAt(text, selection, null)).toEqual({ place: { text, start: 0 }, count: 2, blocked: null });
    const spaces = { ...atSelect, selection: { from: 16, to: 17 } };
    expect(runnableAt(text, spaces, null).place).toEqual(atSelect.statement);
  });

  it('says why nothing runs', () => {
    expect(runnableAt(' ', { selection: { from: 0, to: 0 }, statement: null }, null).blocked).toContain('no statement');
    expect(runnableAll('-- nothing', null).blocked).toContain('no statement');
  });

  it('runs a script with USE and other commands of cqlsh, also where nothing may be written', () => {
    const script = 'USE flights; CONSISTENCY ONE\nSELECT * FROM airports';
    expect(runnableAll(script, READ_ONLY)).toEqual({ place: { text: script, start: 0 }, count: 3, blocked: null });
    const command = { text: 'PAGING 100', start: 0 };
    expect(runnableAll('PAGING 100', READ_ONLY)).toEqual({ place: command, count: 1, blocked: null, isCommand: true });
  });

  it('points out pasted characters that no server accepts, and how to fix them', () => {
    const pasted = '-- a note\nSELECT\u00A0* FROM\u00A0a';
    const { blocked, ...rest } = runnableAll(pasted, null);
    expect(blocked).toBe(
      'There is a non-breaking space (U+00A0) at line 2, column 7, and 1 more like it. Cassandra does not accept it outside quotes.',
    );
    expect(rest).toMatchObject({ fix: { strays: [{ start: 16, replacement: ' ' }, { start: 23 }] } });
    const atCursor = { selection: { from: 12, to: 12 }, statement: { text: pasted.slice(10), start: 10 } };
    expect(runnableAt(pasted, atCursor, READ_ONLY)).toEqual({
      ...runnableAll(pasted, READ_ONLY),
      place: atCursor.statement,
    });
    expect(runnableAll("SELECT * FROM a WHERE k = '\u00A0'", null).blocked).toBeNull();
  });

  it('asks for a password that was not kept', () => {
    const kept = "ALTER ROLE a WITH PASSWORD = '•••'";
    expect(runnableAll(`SELECT 1; ${kept}`, null).blocked).toContain('A password was not kept');
    expect(runnableAll(`-- ${kept}\nSELECT 1`, null).blocked).toBeNull();
  });

  it('runs no write on a read-only cluster, alone or among reads', () => {
    expect(runnableAt(text, atSelect, READ_ONLY).blocked).toBeNull();
    expect(runnableAt(text, atDrop, READ_ONLY).blocked).toBe('This cluster is read-only, so DROP TABLE does not run.');
    expect(runnableAll(text, READ_ONLY).blocked).toContain('read-only');
    // No server runs it; what is wrong with it is the better answer.
    expect(runnableAll('FROB a', READ_ONLY).blocked).toBeNull();
  });

  it.each([
    ['a cluster that is not known yet', undefined, null],
    ['without a sign-in', { readOnly: false }, null],
    ['a read-only cluster', { readOnly: true, lacks: ['write', 'ddl', 'admin'] }, READ_ONLY],
    ['whoever may change one of them', { readOnly: false, lacks: ['write', 'admin'] }, null],
    [
      'whoever may change nothing',
      { readOnly: false, lacks: ['write', 'ddl', 'admin'] },
      'No role gives you write here',
    ],
  ])('writes for %s: %j: %s', (_, cluster, expected) => expect(noWritesOn(cluster)).toBe(expected));
});

describe('what Run would run of a statement on one table', () => {
  const about = { system: false, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };
  const ofTable = { id: null, comment: '', columns: [], indexes: [], kind: 'table' as const, baseTable: null };
  const keyspaces: readonly Keyspace[] = [
    {
      ...{ ...about, name: 'shop' },
      tables: [
        { ...ofTable, name: 'hidden', lacks: ['read', 'export', 'write', 'ddl'] },
        { ...ofTable, name: 'shown', lacks: ['write', 'ddl'] },
      ],
    },
  ];
  const blockedOf = (script: string, keyspace: string | null = null) => {
    const what = runnableAll(script, null);
    const classification = what.count === 1 ? classify(script, { keyspace: keyspace ?? undefined }) : null;
    return permitted(what, classification, keyspaces, keyspace).blocked;
  };

  it.each([
    ['SELECT * FROM shop.hidden', 'read on shop.hidden, so SELECT'],
    ['SELECT * FROM hidden', 'read on shop.hidden, so SELECT'],
    ['INSERT INTO shown (id) VALUES (1)', 'write on shop.shown, so INSERT INTO'],
    ['UPDATE shop.shown SET a = 1 WHERE id = 1', 'write on shop.shown, so UPDATE'],
    ['DELETE a FROM shown WHERE id = 1', 'write on shop.shown, so DELETE'],
    ['TRUNCATE shown', 'write on shop.shown, so TRUNCATE'],
  ])('is refused with the right that is missing: %s', (statement, words) => {
    expect(blockedOf(statement, 'shop')).toBe(`No role gives you ${words} does not run.`);
  });

  it('is the rest: what may be read, what the schema does not have, and a script, which the server judges', () => {
    for (const statement of [
      'SELECT * FROM shop.shown',
      'SELECT * FROM shop.gone',
      'SELECT * FROM hidden',
      'LIST ROLES',
    ]) {
      expect(blockedOf(statement)).toBeNull();
    }
    expect(blockedOf('SELECT * FROM shop.hidden; SELECT * FROM shop.shown')).toBeNull();
    const nothing = runnableAll('', null);
    expect(permitted(nothing, null, keyspaces, null)).toBe(nothing);
  });
});
