import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addIfNotExists } from './if-not-exists';

describe('CREATE … IF NOT EXISTS', () => {
  it.each([
    ['CREATE TABLE ks.t (id int PRIMARY KEY);', 'CREATE TABLE IF NOT EXISTS ks.t (id int PRIMARY KEY);'],
    [
      "CREATE KEYSPACE ks WITH replication = {'class': 'x'};",
      "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'x'};",
    ],
    ['CREATE INDEX i ON ks.t (v);', 'CREATE INDEX IF NOT EXISTS i ON ks.t (v);'],
    ["CREATE CUSTOM INDEX i ON ks.t (v) USING 'sai';", "CREATE CUSTOM INDEX IF NOT EXISTS i ON ks.t (v) USING 'sai';"],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1'],
    ['create\n  table "Table" (a int)', 'create\n  table IF NOT EXISTS "Table" (a int)'],
    ['CREATE /* TABLE */ TYPE address (street text)', 'CREATE /* TABLE */ TYPE IF NOT EXISTS address (street text)'],
  ])('%s', (ddl, expected) => {
    expect(addIfNotExists(ddl)).toBe(expected);
  });

  it.each([
    'CREATE TABLE IF NOT EXISTS ks.t (id int PRIMARY KEY);',
    'CREATE OR REPLACE FUNCTION ks.f (a int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS $$ return a; $$;',
    "ALTER TABLE ks.t WITH comment = 'CREATE TABLE x; CREATE TABLE y';",
    '-- CREATE TABLE t (a int);\n/* CREATE TABLE u; CREATE TABLE v */',
    'CREATE SOMETHING unknown',
    'CREATE',
    '',
  ])('leaves alone: %s', (ddl) => {
    expect(addIfNotExists(ddl)).toBe(ddl);
  });

  it('changes every statement of a keyspace, and nothing in a function body or a comment option', () => {
    const ddl = [
      'CREATE TYPE ks.address (street text);',
      '',
      'CREATE FUNCTION ks.f (a int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$ ; CREATE TABLE x; $$;',
      "CREATE TABLE ks.t (id int PRIMARY KEY) WITH comment = 'it''s; CREATE TABLE z';",
    ].join('\n');
    expect(addIfNotExists(ddl)).toBe(
      ddl
        .replace('CREATE TYPE ks', 'CREATE TYPE IF NOT EXISTS ks')
        .replace('CREATE FUNCTION ks', 'CREATE FUNCTION IF NOT EXISTS ks')
        .replace('CREATE TABLE ks', 'CREATE TABLE IF NOT EXISTS ks'),
    );
  });

  it('only ever adds the three words, and nothing the second time', () => {
    const piece = fc.constantFrom(
      'CREATE',
      'TABLE',
      'INDEX',
      'CUSTOM',
      'OR',
      'REPLACE',
      'IF',
      ';',
      "'CREATE TABLE'",
      '$$;',
      '--\n',
      't',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const ddl = pieces.join(' ');
        const once = addIfNotExists(ddl);
        expect(once.replaceAll(' IF NOT EXISTS', '')).toBe(ddl);
        expect(addIfNotExists(once)).toBe(once);
      }),
    );
  });
});
