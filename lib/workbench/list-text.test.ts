import { describe, expect, it } from 'vitest';
import { columnsFor, type Delimiter, guessDelimiter, listText, looksLikeHeader, parseListText } from './list-text';

const cellsOf = (text: string, delimiter: Delimiter) => {
  const list = parseListText(text, delimiter);
  return 'rows' in list ? list.rows.map(({ cells }) => cells) : list.problem;
};

describe('a list', () => {
  it.each<[string, Delimiter]>([
    ['1,a\n2,b', ','],
    ['1\ta, b\n2\tb, c', '\t'],
    ['1;a,5\n2;b,5', ';'],
    ['SEA\nPDX\nSFO', null],
    ['', null],
    ['"a,b",c\r\n"d,e",f\r\n', ','],
  ])('%j has its delimiter guessed', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });

  it.each<[string, Delimiter, string[][]]>([
    [
      '1,a\n2,b\n',
      ',',
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
    ],
    [
      '\ufeff1,"a, ""b"""\r\n\r\n2,\r\n',
      ',',
      [
        ['1', 'a, "b"'],
        ['2', ''],
      ],
    ],
    [
      '1,"two\nlines"\n2,b',
      ',',
      [
        ['1', 'two\nlines'],
        ['2', 'b'],
      ],
    ],
    ['1\n1,2,3', ',', [['1'], ['1', '2', '3']]],
    ['a\tb c\t"d"', '\t', [['a', 'b c', 'd']]],
    ['SEA\r\n\r\n P,DX \n', null, [['SEA'], [' P,DX ']]],
  ])('%j by %j', (text, delimiter, cells) => {
    expect(cellsOf(text, delimiter)).toEqual(cells);
  });

  it('that cannot be read says where', () => {
    expect(cellsOf('1,"open\n2,b', ',')).toMatch(/^The list is not readable: .*quote.*line/i);
  });

  it('is given back as it came', () => {
    const text = 'k,v\n1,"a, ""b"""\n2,"two\nlines"\n3,  c\n';
    const list = parseListText(text, ',');
    if (!('rows' in list)) throw new Error(list.problem);
    const [header, ...rows] = list.rows;
    expect(listText(header ?? null, rows)).toBe(text);
    expect(listText(null, rows.slice(1, 2))).toBe('2,"two\nlines"\n');
  });
});

describe('the columns of a list', () => {
  const row = (...cells: string[]) => ({ cells, raw: cells.join(',') });

  it('are found by name where it has a header', () => {
    expect(looksLikeHeader(row('Code', 'x'), [':code', 'v'])).toBe(true);
    expect(looksLikeHeader(row('SEA', '1'), [':code', 'v'])).toBe(false);
    expect(looksLikeHeader(undefined, ['v'])).toBe(false);
    expect(columnsFor(['v', ':code', 'w'], row('code', 'V'), 2)).toEqual([1, 0, null]);
  });

  it('are taken in order where it has none', () => {
    expect(columnsFor(['a', 'b', 'c'], null, 2)).toEqual([0, 1, null]);
  });
});
