import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStatementFile, parseStatementFile, type StatementFile } from './statement-file';

const NOTHING: StatementFile = {
  name: null,
  cluster: null,
  keyspace: null,
  description: null,
  parameters: [],
  others: [],
  text: '',
  faults: [],
};

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\p{Z}\uFEFF]+/gu, ' ').trim())
  .filter((text) => text !== '');
const word = fc.stringMatching(/^[A-Za-z_]\w{0,20}$/);
const type = fc.constantFrom('text', 'int', 'frozen<map<text, list<int>>>', 'vector<float, 3>');
const parameter = fc.record({ name: word, type: fc.option(type), value: fc.option(line) });
const statementText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('-- name: x\n\nSELECT 1', '\n\n', '-- note\nSELECT', '--name:', 'a\n', '-- parameter: x int\n'),
  )
  .map((text) => text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, ''));
const files: fc.Arbitrary<StatementFile> = fc.record({
  name: fc.option(line),
  cluster: fc.option(word),
  keyspace: fc.option(line),
  description: fc.option(line),
  parameters: fc.uniqueArray(parameter, { selector: ({ name }) => name, maxLength: 5 }),
  others: fc.constant([]),
  text: statementText,
  faults: fc.constant([]),
});

describe('the file of a saved statement', () => {
  it('gives back what was put into it', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(parseStatementFile(formatStatementFile(file))).toEqual(file);
      }),
    );
  });

  it('is plain to read', () => {
    const file = {
      ...NOTHING,
      name: 'Flights of a day',
      keyspace: 'flights',
      parameters: [{ name: 'day', type: 'date', value: '2001-01-09' }],
      text: 'SELECT *\nFROM by_day WHERE day = :day;',
    };
    expect(formatStatementFile(file)).toBe(
      '-- name: Flights of a day\n-- keyspace: flights\n-- parameter: day date = 2001-01-09\n\n' +
        'SELECT *\nFROM by_day WHERE day = :day;\n',
    );
  });

  it.each([
    ['without a header', 'SELECT 1;\n', { text: 'SELECT 1;' }],
    ['with a comment of its own', '-- all of them\nSELECT 1', { text: '-- all of them\nSELECT 1' }],
    ['that is empty', '', {}],
    ['from Windows', '\uFEFF-- name: A\r\n\r\nSELECT 1\r\n', { name: 'A', text: 'SELECT 1' }],
    ['with no line between', '-- name: A\nSELECT 1', { name: 'A', text: 'SELECT 1' }],
    ['with a header alone', '-- name: A', { name: 'A' }],
    ['with odd spaces and case', '--NAME:  A  \n\nx', { name: 'A', text: 'x' }],
    [
      'with a value that has an equals sign',
      '-- parameter: a text = x = y\n\nz',
      {
        parameters: [{ name: 'a', type: 'text', value: 'x = y' }],
        text: 'z',
      },
    ],
    [
      'with an empty value',
      '-- parameter: a =\n\nz',
      { parameters: [{ name: 'a', type: null, value: '' }], text: 'z' },
    ],
  ] as const)('is read %s', (_what, content, parts) => {
    expect(parseStatementFile(content)).toEqual({ ...NOTHING, ...parts });
  });

  it.each([
    ['-- name: A\n-- clustr: x\n\nt', 'line 2: “clustr” is not a key that Ringside knows'],
    ['-- name: A\n-- name: B\n\nt', 'line 2: a second name; the first one counts'],
    ['-- name: A\n-- parameter: 1+1\n\nt', 'line 2: a parameter is written “name type = value”'],
    ['-- name: A\n-- parameter: a\n-- parameter: a int\n\nt', 'line 3: a second parameter a; the first one counts'],
    [
      `-- name: A\n-- description: ${'x'.repeat(501)}\n\nt`,
      'line 2: the description is too long or has control characters',
    ],
  ])('says what is wrong in a header, opens all the same, and keeps the line: %#', (content, fault) => {
    const file = parseStatementFile(content);
    expect(file).toMatchObject({ name: 'A', text: 't', faults: [fault] });
    expect(parseStatementFile(formatStatementFile(file))).toEqual(file);
    expect(file.others).toHaveLength(1);
  });
});
