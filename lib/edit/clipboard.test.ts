import { describe, expect, it } from 'vitest';
import { pastedCells } from './clipboard';

describe('pasted cells', () => {
  const CASES: [string, string, (string | null)[][]][] = [
    ['one cell', 'a', [['a']]],
    ['nothing is null', '', [[null]]],
    ['a line', 'a\tb', [['a', 'b']]],
    [
      'lines, the last one ended or not',
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['lines as Windows ends them', 'a\r\nb\r\n', [['a'], ['b']]],
    [
      'fields of nothing',
      '\ta\t\n\t\t',
      [
        [null, 'a', null],
        [null, null, null],
      ],
    ],
    ['an empty line in the middle', 'a\n\nb', [['a'], [null], ['b']]],
    ['quotes around line breaks and tabs', '"a\nb\tc"\td', [['a\nb\tc', 'd']]],
    ['doubled quotes', '"say ""hi"""\n"x"', [['say "hi"'], ['x']]],
    ['an empty text in quotes', '""\ta', [['', 'a']]],
    ['a quote that is a part of the text', '"a" b\tc"d', [['"a" b', 'c"d']]],
    ['a quote without an end', '"a\tb', [['"a', 'b']]],
  ];
  it.each(CASES)('%s', (_name, text, cells) => {
    expect(pastedCells(text)).toEqual(cells);
  });
});
