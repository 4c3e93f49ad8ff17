import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './lexer';
import { countScript, splitScript, splitStatements, statementAt } from './splitter';

const texts = (text: string) => splitStatements(text).map((statement) => statement.text);

const unit = fc.oneof(
  fc.constantFrom(';', "'", '$$', 'BEGIN BATCH ', 'APPLY BATCH', '\n', '--', '/*', '*/'),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
);

describe('splitStatements', () => {
  it('splits at semicolons and drops empty statements, outer spaces and comments', () => {
    expect(texts(' SELECT 1 ;; -- no ; here\n /* nor ; here */ SELECT 2; // end ;')).toEqual(['SELECT 1', 'SELECT 2']);
  });

  it('leaves semicolons inside strings, quoted names and function bodies alone', () => {
    const body = 'CREATE FUNCTION f(a int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$ a(); b(); $$';
    expect(texts(`${body}; SELECT ';' FROM "a;b" ; SELECT 'it''s;'`)).toEqual([
      body,
      `SELECT ';' FROM "a;b"`,
      `SELECT 'it''s;'`,
    ]);
  });

  it('keeps a batch together', () => {
    const batch = 'BEGIN UNLOGGED BATCH INSERT INTO t (a) VALUES (1); UPDATE t SET b = 1 WHERE a = 1; APPLY BATCH';
    expect(texts(`${batch}; SELECT 1`)).toEqual([batch, 'SELECT 1']);
    expect(texts('begin/**/batch using timestamp 1 delete from t where a=1; apply -- x\n batch;')).toHaveLength(1);
  });

  it('keeps an unfinished batch and an unfinished string in one statement', () => {
    expect(texts('BEGIN BATCH DELETE FROM t WHERE a = 1; SELECT 1')).toHaveLength(1);
    expect(texts("SELECT 'a; SELECT 1")).toHaveLength(1);
  });

  it('knows where each statement is', () => {
    const text = 'SELECT 1;\n  SELECT 2 ;';
    for (const { text: part, start, end } of splitStatements(text)) expect(text.slice(start, end)).toBe(part);
  });

  it('finds statements again after joining them', () => {
    const statement = fc.constantFrom('SELECT 1', "INSERT INTO t (a) VALUES (';')", 'DROP TABLE "a;b"', 'SELECT $$;$$');
    const gap = fc.constantFrom(';', ' ; ', ';\n-- ;\n', '; /* ; */');
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1 }), gap, (statements, between) => {
        expect(texts(statements.join(between))).toEqual(statements);
      }),
    );
  });

  it('never throws and never overlaps', () => {
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        let end = 0;
        for (const span of splitStatements(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          end = span.end;
        }
      }),
    );
  });
});

describe('statementAt', () => {
  const text = 'SELECT 1; SELECT 2;\n-- about three\nSELECT 3;\n\n';
  const at = (offset: number) => statementAt(text, offset)?.text;

  it('finds the statement around the cursor', () => {
    expect(at(0)).toBe('SELECT 1');
    expect(at(text.indexOf('SELECT 2') + 3)).toBe('SELECT 2');
  });

  it('assigns the semicolon and the rest of the line to the statement before', () => {
    expect(at(text.indexOf(';') + 1)).toBe('SELECT 1');
    expect(at(text.indexOf('2;') + 2)).toBe('SELECT 2');
  });

  it('assigns a comment to the statement that follows it', () => {
    expect(at(text.indexOf('about'))).toBe('SELECT 3');
  });

  it('takes the last statement after the last semicolon', () => {
    expect(at(text.length)).toBe('SELECT 3');
    expect(statementAt(' -- nothing', 3)).toBeUndefined();
  });
});

describe('splitScript', () => {
  const script = (text: string) => splitScript(text).map((statement) => statement.text);

  it('ends commands of cqlsh at their line, and CQL at its semicolon alone', () => {
    expect(script('CONSISTENCY QUORUM\nSELECT 1\n FROM t;\nDESC TABLES -- all\nexit; SELECT 2')).toEqual([
      'CONSISTENCY QUORUM',
      'SELECT 1\n FROM t',
      'DESC TABLES',
      'exit',
      'SELECT 2',
    ]);
    expect(script("?\r\nSOURCE 'a;b.cql'\r\nUSE ks\n; COPY t\nTO 'f';")).toEqual([
      '?',
      "SOURCE 'a;b.cql'",
      'USE ks',
      "COPY t\nTO 'f'",
    ]);
    expect(splitStatements('DESCRIBE\nTABLES; SELECT 1')).toHaveLength(2);
  });

  it('counts what it splits, and finds a command at the end of its line', () => {
    const text = 'PAGING 100\nSELECT 1;';
    expect(countScript(text)).toBe(2);
    expect(statementAt(text, 10)?.text).toBe('PAGING 100');
    expect(statementAt(text, 11)?.text).toBe('SELECT 1');
  });

  it('splits where the lexer does', () => {
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const semicolons = tokenize(text).filter((token) => token.kind === 'operator' && token.text === ';');
        const lastOf = semicolons.map(({ start }) => start);
        for (const { start, end } of splitStatements(text)) {
          const inside = lastOf.filter((at) => at >= start && at < end);
          if (!/^begin/i.test(text.slice(start))) expect(inside).toEqual([]);
          expect(tokenize(text).some((token) => token.start === start)).toBe(true);
          expect(tokenize(text).some((token) => token.end === end)).toBe(true);
        }
      }),
    );
  });

  it('gives after any edit what it gives for the text alone', () => {
    const piece = fc.constantFrom(
      "INSERT INTO t (a, b) VALUES (1, 'it''s; so');\n",
      'BEGIN BATCH DELETE FROM t WHERE a = 1; APPLY BATCH;\n',
      'CONSISTENCY ONE\n',
      '-- a note; with one\n',
      'SELECT $$ ; $$ FROM t;',
    );
    const long = fc.array(piece, { minLength: 150, maxLength: 160 }).map((pieces) => pieces.join(''));
    const edit = fc.record({ at: fc.nat(4_500), cut: fc.nat(40), put: fc.string({ unit, maxLength: 12 }) });
    fc.assert(
      fc.property(long, fc.array(edit, { maxLength: 4 }), (text, edits) => {
        let edited = text;
        splitScript(edited);
        for (const { at, cut, put } of edits) {
          edited = edited.slice(0, at) + put + edited.slice(at + cut);
          const again = splitScript(edited);
          // Another text between them: nothing of the earlier split is left to use.
          splitScript(`-- ${'x'.repeat(5_000)}`);
          expect(again).toEqual(splitScript(edited));
        }
      }),
      { numRuns: 60 },
    );
  });
});
