import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCommentedPassword, lacksPassword, withoutLiterals, withoutPasswords } from './redact';

describe('a statement without its passwords', () => {
  it.each([
    ["CREATE ROLE a WITH PASSWORD = 'secret' AND LOGIN = true", "CREATE ROLE a WITH PASSWORD = '•••' AND LOGIN = true"],
    ["alter role a with login = true and password='secret'", "alter role a with login = true and password='•••'"],
    ["CREATE USER a WITH PASSWORD 'secret' SUPERUSER", "CREATE USER a WITH PASSWORD '•••' SUPERUSER"],
    ["ALTER USER a WITH HASHED PASSWORD '$2a$secret'", "ALTER USER a WITH HASHED PASSWORD '•••'"],
    ["CREATE ROLE a WITH HASHED PASSWORD = 'secret'", "CREATE ROLE a WITH HASHED PASSWORD = '•••'"],
    ["CREATE ROLE a WITH PASSWORD /* it */ = -- is\n 'secret'", "CREATE ROLE a WITH PASSWORD /* it */ = -- is\n '•••'"],
    ['CREATE ROLE a WITH PASSWORD = $$se"cr\'et$$', "CREATE ROLE a WITH PASSWORD = '•••'"],
    ["CREATE ROLE a WITH PASSWORD = 'sec''ret';", "CREATE ROLE a WITH PASSWORD = '•••';"],
    ["CREATE ROLE a WITH PASSWORD = 'secret", "CREATE ROLE a WITH PASSWORD = '•••'"],
    ['CREATE ROLE a WITH PASSWORD = "secret"', "CREATE ROLE a WITH PASSWORD = '•••'"],
    ["CRAETE RLOE a WIHT PASSWORD = 'secret'", "CRAETE RLOE a WIHT PASSWORD = '•••'"],
    [
      "CREATE ROLE a WITH OPTIONS = {'db_password': 'secret', 'x': 'y'}",
      "CREATE ROLE a WITH OPTIONS = {'db_password': '•••', 'x': 'y'}",
    ],
    ["SELECT 1 -- ALTER ROLE a WITH PASSWORD = 'secret'", "SELECT 1 -- ALTER ROLE a WITH PASSWORD = '•••'"],
    ["-- -- // ALTER USER a PASSWORD 'secret'\nSELECT 1", "-- -- // ALTER USER a PASSWORD '•••'\nSELECT 1"],
    ["/* ALTER ROLE a PASSWORD = 'it''s secret' */ SELECT 1", "/* ALTER ROLE a PASSWORD = '•••' */ SELECT 1"],
    ["/* ALTER ROLE a PASSWORD = 'secret */ SELECT 1", "/* ALTER ROLE a PASSWORD = '•••'*/ SELECT 1"],
    ["/* ALTER ROLE a PASSWORD = 'secret", "/* ALTER ROLE a PASSWORD = '•••'"],
    [
      "-- ALTER ROLE a\n--  WITH PASSWORD = 'secret';\nSELECT 1",
      "-- ALTER ROLE a\n--  WITH PASSWORD = '•••';\nSELECT 1",
    ],
    [
      "ALTER ROLE a WITH -- PASSWORD = 'old'\nPASSWORD = 'new'",
      "ALTER ROLE a WITH -- PASSWORD = '•••'\nPASSWORD = '•••'",
    ],
    [
      "CREATE ROLE a WITH SALTED HASH = '$6$secret' AND LOGIN = true",
      "CREATE ROLE a WITH SALTED HASH = '•••' AND LOGIN = true",
    ],
    [
      "ALTER ROLE 'a' WITH ACCESS TO DATACENTERS {'DC1'} AND PASSWORD = 'x'",
      "ALTER ROLE 'a' WITH ACCESS TO DATACENTERS {'DC1'} AND PASSWORD = '•••'",
    ],
    [
      'CREATE USER IF NOT EXISTS "A" WITH PASSWORD \'x\' NOSUPERUSER',
      'CREATE USER IF NOT EXISTS "A" WITH PASSWORD \'•••\' NOSUPERUSER',
    ],
    [
      "SELECT 1; ALTER USER a PASSWORD 'x'; SELECT password FROM t WHERE password = 'y'",
      "SELECT 1; ALTER USER a PASSWORD '•••'; SELECT password FROM t WHERE password = 'y'",
    ],
    ["CONSISTENCY ONE\nALTER USER a PASSWORD 'x'", "CONSISTENCY ONE\nALTER USER a PASSWORD '•••'"],
    [
      "ALTER ROLE IF EXISTS a WITH PASSWORD = '' AND PASSWORD = 'secret'",
      "ALTER ROLE IF EXISTS a WITH PASSWORD = '•••' AND PASSWORD = '•••'",
    ],
  ])('is %j as %j', (statement, text) => {
    expect(withoutPasswords(statement)).toEqual({ text, isRedacted: true });
  });

  it.each([
    // Nothing closes the first statement, so the second is not understood.
    [
      "ALTER ROLE a WITH PASSWORD = 'x'\nALTER ROLE b WITH PASSWORD = 'y'; SELECT 1",
      "ALTER ROLE a WITH PASSWORD = '•••'\n'•••'; SELECT 1",
    ],
    ["SELECT 1\nALTER ROLE a WITH PASSWORD = 'x'", "SELECT 1\nALTER ROLE a WITH PASSWORD = '•••'"],
    ['ALTER ROLE a WITH PASSWORD = secret AND LOGIN = true; SELECT 1', "ALTER ROLE a WITH PASSWORD = '•••'; SELECT 1"],
    ["ALTER ROLE a WITH PASWORD = 'x'", "ALTER ROLE a WITH '•••'"],
    ["ALTER ROLE a WITH GENERATED PASSWORD 'x'", "ALTER ROLE a WITH GENERATED PASSWORD '•••'"],
    ["ALTER ROLE a WITH PASSWORD = 'it's'", "ALTER ROLE a WITH PASSWORD = '•••'"],
    ["ALTER ROLE a WITH OPTIONS = {'token': 1234}", "ALTER ROLE a WITH OPTIONS = {'token': '•••'"],
  ])('that cannot be read loses all from there: %j is %j', (statement, text) => {
    expect(withoutPasswords(statement)).toEqual({ text, isRedacted: true });
    expect(lacksPassword(text)).toBe(true);
    expect(withoutPasswords(text).isRedacted).toBe(false);
  });

  it('leaves nothing to run where the name cannot be read', () => {
    expect(withoutPasswords("CREATE ROLE ? WITH PASSWORD = 'x'").text).toBe("CREATE '•••'");
  });

  it.each([
    "INSERT INTO users (id, password) VALUES (1, 'x')",
    "SELECT * FROM users WHERE password = 'x' ALLOW FILTERING",
    "UPDATE users SET password = 'x', settings = settings + {'password': 'y'} WHERE id = 1 IF password = 'z'",
    "BEGIN BATCH UPDATE users SET password = 'x' WHERE id = 1; DELETE FROM users WHERE id = 2 IF password = 'y'; APPLY BATCH",
    "CONSISTENCY ONE\nSELECT * FROM users WHERE password = 'x'",
    "CREATE TABLE users (id int PRIMARY KEY, password text) WITH comment = 'a user and a password'",
    "SELECT * FROM role WHERE user = 'x' AND password = 'y'",
    "SELECT * FROM users -- WHERE password = 'x'",
    "INSERT INTO notes (id, body) VALUES (1, 'ALTER ROLE a WITH PASSWORD = ''x''')",
    "ADD IDENTITY 'spiffe://password' TO ROLE 'a'",
    "GRANT ALTER ON ROLE a TO password; SELECT * FROM t WHERE password = 'x'",
    "/* PASSWORD = 'of the demo' */ SELECT 1",
  ])('is the same where something else is named password: %s', (text) => {
    expect(withoutPasswords(text)).toEqual({ text, isRedacted: false });
    expect(hasCommentedPassword(text)).toBe(false);
  });

  it.each([
    'SELECT * FROM t',
    'CREATE ROLE IF NOT EXISTS',
    "INSERT INTO notes (id, body) VALUES (1, 'PASSWORD = ''not one''')",
    "SELECT password FROM users WHERE name = 'a'",
    "CREATE ROLE a WITH GENERATED PASSWORD AND OPTIONS = {'x': 'y'}",
    "SELECT 1 -- the password's length isn't here",
    "ALTER ROLE a WITH PASSWORD = '•••'",
    '-- token --- //// /* /* **/ SELECT 1',
    'GRANT a TO b',
  ])('is the same where there is none: %s', (text) => {
    expect(withoutPasswords(text)).toEqual({ text, isRedacted: false });
  });

  it('takes no time for a comment of nothing but comments', () => {
    const text = `password ${'-- /*//'.repeat(100_000)}`;
    expect(withoutPasswords(text).text).toBe(text);
  });

  it('is found in a comment', () => {
    expect(hasCommentedPassword("-- ALTER ROLE a WITH PASSWORD = 'x'\nSELECT 1")).toBe(true);
    expect(hasCommentedPassword("SELECT 1 -- password\n FROM t WHERE password = 'x'")).toBe(false);
  });

  it('knows one that was left out', () => {
    expect(lacksPassword("ALTER ROLE a WITH PASSWORD = '•••'")).toBe(true);
    expect(lacksPassword("ALTER ROLE a WITH PASSWORD = 'x'")).toBe(false);
    expect(lacksPassword("INSERT INTO t (password) VALUES ('•••')")).toBe(false);
  });

  it('never holds the password, whatever it is', () => {
    const password = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `≡${text}≡`);
    fc.assert(
      fc.property(password, fc.constantFrom('=', ' ', '\n=\t'), (secret, sign) => {
        const { text } = withoutPasswords(
          `ALTER ROLE a WITH PASSWORD${sign}'${secret.replaceAll("'", "''")}' AND LOGIN = true`,
        );
        expect(text).not.toContain('≡');
        expect(text).toContain('AND LOGIN = true');
      }),
    );
  });
});

describe('a statement without its values', () => {
  it.each([
    [
      'INSERT INTO k.t (id, "Name", at) VALUES (-1.5e3, \'Ada\', 2001-01-09)',
      `INSERT INTO k.t (id, "Name", at) VALUES ('•••', '•••', '•••')`,
    ],
    [
      'SELECT * FROM t WHERE a = ? AND b = :b AND c IN (0xCAFE, 1h30m)',
      "SELECT * FROM t WHERE a = ? AND b = :b AND c IN ('•••', '•••')",
    ],
    ['DELETE FROM t WHERE id = 123e4567-e89b-12d3-a456-426614174000', "DELETE FROM t WHERE id = '•••'"],
    ['UPDATE t SET a = $$it$$ -- it\nWHERE id = 1', "UPDATE t SET a = '•••' /* ••• */\nWHERE id = '•••'"],
    ["SELECT a FROM t WHERE b = 'no end", "SELECT a FROM t WHERE b = '•••'"],
    ['ALTER ROLE a WITH PASSWORD = "secret"', "ALTER ROLE a WITH PASSWORD = '•••'"],
  ])('is %j as %j', (statement, text) => {
    expect(withoutLiterals(statement)).toBe(text);
  });

  it('holds no value, whatever it is and wherever it stands', () => {
    const text = fc.string({ unit: 'grapheme' }).map((inner) => `≡${inner}≡`);
    const literal = fc.oneof(
      text.map((inner) => `'${inner.replaceAll("'", "''")}'`),
      text.filter((inner) => !inner.includes('$')).map((inner) => `$$${inner}$$`),
      text.filter((inner) => !inner.includes('*/')).map((inner) => `/* ${inner} */ 1`),
      fc.constantFrom('7777', '-7777.5', '0x7777', '7777h', '77777777-7777-7777-7777-777777777777'),
    );
    const around = fc.constantFrom(
      ['SELECT a FROM t WHERE b = ', ''],
      ['INSERT INTO t (a) VALUES (', ')'],
      ['UPDATE t SET a = {', ': 1} WHERE'],
      ['ALTER ROLE a WITH PASSWORD = ', ' AND LOGIN = true'],
      ['', ''],
    );
    fc.assert(
      fc.property(literal, around, (value, [before, after]) => {
        expect(withoutLiterals(`${before}${value}${after}`)).not.toMatch(/[≡7]/);
      }),
    );
  });
});
