import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBefore } from './insertions';
import { isSignificant, tokenize } from './lexer';
import { qualify } from './qualify';
import { QUALIFIED } from './test-qualify';

describe('a statement under USE', () => {
  it.each(QUALIFIED)('$written', ({ written, sent }) => {
    expect(qualify(written, 'q')).toMatchObject({ text: sent, isComplete: true });
    // A statement that names every keyspace stays as it is.
    expect(qualify(sent, 'other').text).toBe(sent);
  });

  it('quotes the keyspace where it must be', () => {
    expect(qualify('SELECT * FROM t', 'My "ks"').text).toBe('SELECT * FROM "My ""ks""".t');
    expect(qualify('SELECT * FROM t', 'table').text).toBe('SELECT * FROM "table".t');
  });

  it.each(['DESCRIBE TABLES', 'DESC t', 'SELECT k', 'BEGIN TRANSACTION UPDATE t', 'FROB t', '', "'text'"])(
    'leaves the keyspace to the request for %s',
    (statement) => {
      expect(qualify(statement, 'q')).toEqual({ text: statement, insertions: [], isComplete: false });
    },
  );

  it('knows where a place of what is sent is in what was written', () => {
    const written = 'BEGIN BATCH DELETE FROM t WHERE a = 1; DELETE FROM u WHERE b = 1; APPLY BATCH';
    const { text, insertions } = qualify(written, 'keys');
    for (const word of ['BEGIN', 't WHERE', 'a =', 'u WHERE', 'b =', 'APPLY']) {
      expect(placeBefore(text.indexOf(word), insertions)).toBe(written.indexOf(word));
    }
    expect(placeBefore(text.indexOf('eys.t'), insertions)).toBe(written.indexOf('t WHERE'));
    expect(placeBefore(text.length, insertions)).toBe(written.length);
  });

  it('only ever adds a keyspace and a dot before a name', () => {
    const word = fc.constantFrom(
      'SELECT',
      'FROM',
      'INTO',
      'BEGIN',
      'BATCH',
      'ON',
      'IF',
      'TABLE',
      't',
      '"U"',
      '.',
      '(',
      ')',
      ';',
      "'x'",
    );
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join(' ')),
        (statement) => {
          const { text, insertions } = qualify(statement, 'q');
          // From the left, so that each place is as in the statement again when its turn comes.
          expect(insertions.reduce((now, { at }) => now.slice(0, at) + now.slice(at + 2), text)).toBe(statement);
          for (const { at } of insertions) {
            const name = tokenize(statement).find((token) => token.start === at && isSignificant(token));
            expect(['word', 'quoted']).toContain(name?.kind);
          }
        },
      ),
    );
  });
});
