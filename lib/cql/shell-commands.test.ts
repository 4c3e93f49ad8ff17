import { describe, expect, it } from 'vitest';
import { parseShellCommand, type ShellCommand } from './shell-commands';
import { splitScript } from './splitter';

const shell = (command: string): ShellCommand => ({ name: 'SHELL', command });
const copy = { name: 'COPY', direction: 'TO', table: { keyspace: undefined, name: 't' }, columns: null, file: 'a.csv' };

/** Every form of `cqlshhandling.py`, and what it is here. */
const FORMS: readonly (readonly [text: string, command: object | undefined])[] = [
  ['USE flights', { name: 'USE', keyspace: 'flights' }],
  ['use "Flights"', { name: 'USE', keyspace: 'Flights' }],
  ['CONSISTENCY', { name: 'CONSISTENCY', level: null }],
  ...(['ANY', 'ONE', 'TWO', 'THREE', 'QUORUM', 'ALL', 'LOCAL_QUORUM', 'EACH_QUORUM', 'LOCAL_ONE'] as const).map(
    (level) => [`CONSISTENCY ${level}`, { name: 'CONSISTENCY', level }] as const,
  ),
  ['consistency serial', { name: 'CONSISTENCY', level: 'SERIAL' }],
  ['CONSISTENCY LOCAL_SERIAL', { name: 'CONSISTENCY', level: 'LOCAL_SERIAL' }],
  ['SERIAL CONSISTENCY', { name: 'SERIAL CONSISTENCY', level: null }],
  ['SERIAL CONSISTENCY SERIAL', { name: 'SERIAL CONSISTENCY', level: 'SERIAL' }],
  ['serial consistency local_serial', { name: 'SERIAL CONSISTENCY', level: 'LOCAL_SERIAL' }],
  ['PAGING', { name: 'PAGING', paging: null }],
  ['PAGING ON', { name: 'PAGING', paging: true }],
  ['PAGING off', { name: 'PAGING', paging: false }],
  ['PAGING 250', { name: 'PAGING', paging: 250 }],
  ['TRACING', { name: 'TRACING', on: null }],
  ['TRACING ON', { name: 'TRACING', on: true }],
  ['EXPAND OFF', { name: 'EXPAND', on: false }],
  ['EXPAND', { name: 'EXPAND', on: null }],
  ["SOURCE '/home/me/it''s.cql'", { name: 'SOURCE', file: "/home/me/it's.cql" }],
  ["COPY t TO 'a.csv'", copy],
  [
    'COPY ks."T" (a, "B") TO \'a.csv\' WITH HEADER = true AND DELIMITER = \';\'',
    { ...copy, table: { keyspace: 'ks', name: 'T' }, columns: ['a', 'B'] },
  ],
  ['COPY t TO STDOUT', { ...copy, file: null }],
  ["copy t from 'a.csv' with header = true", { ...copy, direction: 'FROM' }],
  ['COPY t (k) FROM STDIN', { ...copy, direction: 'FROM', columns: ['k'], file: null }],
  ['EXIT', { name: 'EXIT' }],
  ['quit', { name: 'EXIT' }],
  ['SHOW VERSION', shell('SHOW')],
  ['SHOW HOST', shell('SHOW')],
  ['SHOW SESSION 7d5a1b60-0a0b-11ef-8c9f-0242ac120002', shell('SHOW')],
  ["LOGIN cassandra 'secret'", shell('LOGIN')],
  ["CAPTURE 'out.txt'", shell('CAPTURE')],
  ['CAPTURE OFF', shell('CAPTURE')],
  ['HELP', shell('HELP')],
  ['? SELECT', shell('HELP')],
  ['CLEAR', shell('CLEAR')],
  ['cls', shell('CLS')],
  ['DEBUG THINGS', shell('DEBUG')],
  ['HISTORY 20', shell('HISTORY')],
  ['ELAPSED ON', shell('ELAPSED')],
  ['CONSISTENCY SOME', { name: 'MALFORMED', command: 'CONSISTENCY' }],
  ['CONSISTENCY ONE TWO', { name: 'MALFORMED', command: 'CONSISTENCY' }],
  ['SERIAL CONSISTENCY ONE', { name: 'MALFORMED', command: 'SERIAL' }],
  ['PAGING 0', { name: 'MALFORMED', command: 'PAGING' }],
  ['TRACING MAYBE', { name: 'MALFORMED', command: 'TRACING' }],
  ['SOURCE file.cql', { name: 'MALFORMED', command: 'SOURCE' }],
  ['USE a b', { name: 'MALFORMED', command: 'USE' }],
  ["COPY t (a, TO 'x'", { name: 'MALFORMED', command: 'COPY' }],
  ['EXIT now', { name: 'MALFORMED', command: 'EXIT' }],
  ['DESCRIBE TABLES', undefined],
  ['DESC KEYSPACE flights', undefined],
  ['SELECT * FROM t', undefined],
  ['exits', undefined],
  ['', undefined],
];

describe('a command of cqlsh in a script', () => {
  it.each(FORMS)('%s', (text, command) => {
    if (command === undefined) expect(parseShellCommand(text)).toBeUndefined();
    else expect(parseShellCommand(text)).toMatchObject(command);
  });

  it('is one statement of a script, at the end of its line or at its semicolon', () => {
    for (const [text] of FORMS.filter(([form]) => form !== '')) {
      expect(splitScript(`SELECT 1;\n${text};\nSELECT 2`).map((statement) => statement.text)).toEqual([
        'SELECT 1',
        text,
        'SELECT 2',
      ]);
    }
  });

  it('says how a command is written that cannot be understood', () => {
    expect(parseShellCommand('PAGING often')).toEqual({
      name: 'MALFORMED',
      command: 'PAGING',
      form: 'PAGING [ON | OFF | rows]',
    });
  });
});
