import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/contract/errors';
import { errorHelp } from './error-help';
import { edited } from './help';
import { nearest } from './nearest';
import { HOME, KEYSPACES, MISTAKES } from './test-mistakes';
import { datesMeant } from './times';

function refused(statement: string, said: string, keyspace: string | null = HOME) {
  const place = /^line (\d+):(\d+) /.exec(said);
  const position = place === null ? {} : { position: { line: Number(place[1]), column: Number(place[2]) } };
  const code: ErrorCode = said.startsWith('line ') ? 'syntax_error' : 'invalid_statement';
  return { statement, keyspace, keyspaces: KEYSPACES, error: { code, message: said, detail: said, ...position } };
}

describe('what a refusal means', () => {
  it.each(MISTAKES)('$statement', ({ statement, said, keyspace, marks, cause, label, fixed }) => {
    const help = errorHelp(refused(statement, said, keyspace === null ? null : HOME));
    const range = help?.range ?? null;
    const [first] = help?.suggestions ?? [];
    expect({
      marks: range && statement.slice(range.from, range.to),
      cause: help?.cause,
      label: first?.label ?? null,
      fixed: first === undefined ? null : edited(statement, first.edits),
    }).toEqual({ marks, cause, label, fixed });
  });

  it('lists the columns of the table where none is near', () => {
    const said = `Undefined column name wings in table ${HOME}.people`;
    expect(errorHelp(refused('SELECT wings FROM people', said))?.advice).toBe(
      'Its columns are id uuid, name text, "userName" text, active boolean, born timestamp, photo blob, "order" int.',
    );
  });

  it('offers both days of 01/09/2001, with their names', () => {
    const statement = "SELECT * FROM by_day WHERE origin = 'SEA' AND day = '01/09/2001'";
    const help = errorHelp(refused(statement, "Unable to coerce '01/09/2001' to a formatted date (long)"));
    expect(help?.suggestions.map(({ label }) => label)).toEqual([
      "Use '2001-01-09' (9 January 2001)",
      "Use '2001-09-01' (1 September 2001)",
    ]);
  });

  it('does not take ALLOW FILTERING for help where it is none', () => {
    const said = 'Cannot execute this query as it might involve data filtering, use ALLOW FILTERING';
    const statement = "SELECT * FROM airports WHERE name LIKE 'x'";
    expect(errorHelp(refused(statement, said))?.suggestions).toEqual([]);
  });

  it('takes no word of a schema change for a short name of its table', () => {
    const said = "line 1:17 mismatched input 'SOMETHING' expecting EOF (ALTER TABLE people [SOMETHING]...)";
    expect(errorHelp(refused('ALTER TABLE people SOMETHING x', said))).toBeNull();
  });

  it('knows what it can without the schema', () => {
    const { statement, error } = refused(
      'SELECT * FROM t WHERE k = abc',
      "line 0:-1 no viable alternative at input '<EOF>'",
    );
    const help = errorHelp({ statement, error, keyspace: null, keyspaces: [] });
    expect(help?.suggestions[0]?.label).toBe("Use 'abc'");
    const unknown = refused('SELECT nme FROM airports', 'Undefined column name nme in table k.airports');
    expect(errorHelp({ ...unknown, keyspaces: [] })).toBeNull();
  });

  it('leaves to the server what it says best, and errors that are of no statement', () => {
    expect(
      errorHelp(refused('SELECT name FROM airports GROUP BY name', 'Group by is currently only supported …')),
    ).toBeNull();
    const { error, ...rest } = refused(
      'SELECT * FROM airports WHERE iata = SEA',
      'Cannot achieve consistency level ALL',
    );
    expect(errorHelp({ ...rest, error: { ...error, code: 'not_enough_replicas' } })).toBeNull();
  });

  it('throws for no text whatever', () => {
    const pieces = [
      'SELECT',
      'FROM',
      'WHERE',
      'airports',
      '(',
      ')',
      "'",
      '"',
      ',',
      '=',
      '.',
      'IN',
      'AND',
      'BETWEEN',
      'OR',
      ' ',
    ];
    for (let seed = 1; seed < 3_000; seed++) {
      let [state, text] = [seed, ''];
      for (let count = 0; count < seed % 14; count++) {
        state = (state * 48_271) % 2_147_483_647;
        text += ` ${pieces[state % pieces.length]}`;
      }
      const help = errorHelp(refused(text, "line 0:-1 no viable alternative at input '<EOF>'"));
      for (const { edits } of help?.suggestions ?? []) {
        for (const edit of edits) expect(text.startsWith(edit.text, edit.start)).toBe(true);
      }
    }
  });
});

describe('the name that was meant', () => {
  it.each([
    ['nmae', ['name', 'game'], 'name'],
    ['ia', ['iata', 'id'], 'id'],
    ['wings', ['iata', 'name'], undefined],
    ['delays', ['delay'], 'delay'],
  ])('%s', (word, names, meant) => {
    expect(nearest(word, names)).toBe(meant);
  });
});

describe('a date that Cassandra does not read', () => {
  it.each([
    ['2001/01/09', true, ['2001-01-09']],
    ['20010109', true, ['2001-01-09']],
    ['25.12.2001', true, ['2001-12-25']],
    ['01/01/2001', true, ['2001-01-01']],
    ['2001-02-30', true, []],
    ['2001/01/09 6:10pm', false, ['2001-01-09T18:10:00']],
    ['2001/01/09 12am', false, ['2001-01-09T00:00:00']],
    ['2001-01-09 06:10:00.1234567+02:00', false, ['2001-01-09T06:10:00.123+02:00']],
    ['2001-01-09 25:00', false, []],
    ['yesterday', true, []],
  ])('%s', (text, dateOnly, written) => {
    expect(datesMeant(text, dateOnly).map((date) => date.written)).toEqual(written);
  });
});
