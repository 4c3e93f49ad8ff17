import { describe, expect, it } from 'vitest';
import { parseCqlType } from '../cql/type-text';
import { type Draft, typedDraft } from './draft';
import { draftNote } from './draft-note';

const note = (draft: Draft, type: string) => draftNote(draft, parseCqlType(type), 'Europe/Berlin');

describe('what is said of a value while it is typed', () => {
  it.each<[string, string, string | null]>([
    [
      '2001-01-09T06:10:00.000Z',
      'timestamp',
      '= 2001-01-09T06:10:00.000Z, UTC; here 2001-01-09 07:10:00.000 GMT+01:00, Europe/Berlin',
    ],
    [
      '2001-07-09 08:10+02:00',
      'timestamp',
      '= 2001-07-09T06:10:00.000Z, UTC; here 2001-07-09 08:10:00.000 GMT+02:00, Europe/Berlin',
    ],
    ['50554d6e-29bb-11e5-b345-feff819cdc9f', 'timeuuid', 'made at 2015-07-14T00:00:18.8058990Z'],
    ['', 'text', 'empty text, which is not null'],
    [' a', 'text', 'the white space at its ends is part of the text'],
    ["'a'", 'text', 'the quotes are part of the value; for the text a leave them out'],
    ['a', 'text', null],
    ['0xcafe', 'blob', '2 bytes'],
    ['0xca', 'blob', '1 byte'],
    ['90m', 'duration', '= 1h30m'],
    ['1.50', 'decimal', null],
    ['1e3', 'double', '= 1000'],
    ['0.1', 'float', null],
    ['x', 'int', null],
  ])('%j of %s', (text, type, expected) => {
    expect(note(typedDraft(text), type)).toBe(expected);
  });

  it('tells what has no text apart', () => {
    expect(note({ as: 'null' }, 'text')).toBe('null: no value');
    expect(note({ as: 'empty' }, 'int')).toBe('a value of no bytes, which is not null');
    expect(note({ as: 'unset' }, 'int')).toBe('unset: the column is left out');
  });
});
