import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrometheus } from './prometheus';

const read = (text: string, most?: number) =>
  [...parsePrometheus(text, () => true, most)].map(({ name, labels, value }) => [
    name,
    Object.fromEntries(labels),
    value,
  ]);

describe('the text of an exporter', () => {
  it('is a number a line, with labels, comments, times and exponents', () => {
    const text = [
      '# HELP a Something',
      '# TYPE a gauge',
      'a 1',
      'a{x="1"} 2.5 1700000000000',
      '  a { } 3',
      'b:c{x="a b,}=\\"\\\\\\n",y="é",} -1.5E+3',
      '',
      'last_without_newline +4',
    ].join('\n');
    expect(read(text)).toEqual([
      ['a', {}, 1],
      ['a', { x: '1' }, 2.5],
      ['b:c', { x: 'a b,}="\\\n', y: 'é' }, -1500],
      ['last_without_newline', {}, 4],
    ]);
  });

  it.each([
    'a',
    'a{',
    'a{x}',
    'a{x="1} 2',
    'a{x="1",,} 2',
    'a{x="1"y="2"} 2',
    'a{="1"} 2',
    'a NaN',
    'a +Inf',
    'a 0x10',
    'a 1_000',
    'a 1e999',
    '9a 1',
    '{a="1"} 2',
    `a{x="${'y'.repeat(9_000)}"} 1`,
    `a{${Array.from({ length: 65 }, (_, at) => `l${at}="v"`).join(',')}} 1`,
  ])('%j is skipped, and the next line is not', (line) => {
    expect(read(`${line}\nnext 1`)).toEqual([['next', {}, 1]]);
  });

  it('is read without end or harm, whatever it is', () => {
    const odd = fc.array(
      fc.constantFrom('a', '{', '}', '"', '\\', ',', '=', ' ', '1', '\n', '#', '\u0000', '__proto__'),
    );
    fc.assert(
      fc.property(odd, (parts) => {
        for (const [name, , value] of read(parts.join(''))) {
          expect(name).toMatch(/^[a-zA-Z_:]/);
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('has names such as __proto__ as names', () => {
    const [sample] = parsePrometheus('constructor{__proto__="x"} 1', () => true);
    expect([sample?.name, sample?.labels.get('__proto__')]).toEqual(['constructor', 'x']);
  });

  it('is read up to a number of lines', () => {
    expect(read('a 1\na 2\na 3', 2)).toHaveLength(2);
  });

  it('of 500,000 lines with damaged labels takes no time that grows faster than it', () => {
    expect(read(`${`a{x="${'\\'.repeat(50)}\n`.repeat(500_000)}b 1`, 600_000)).toEqual([['b', {}, 1]]);
  });
});
