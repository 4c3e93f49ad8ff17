import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlCommand, shellQuote } from './curl';

/** What a shell makes of the words of a command, one a line of output with their own line ends kept as NUL-separated. */
function wordsOf(command: string): string[] {
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

describe('the curl command of an export', () => {
  it('is read by a shell as exactly the request', () => {
    const statement = `SELECT "a b" FROM t WHERE x = 'it''s $HOME \`id\` \\n' AND y = '\u00e9\u{1f600}'\nLIMIT 3`;
    const words = wordsOf(
      curlCommand(
        'http://127.0.0.1:3000',
        'my cluster',
        { statement, format: 'csv', id: '7b0d5b3a-8bd3-4c9e-9a3c-0a6a5d1d2f11' },
        "it's.csv",
      ),
    );
    expect(words.slice(0, 4)).toEqual(['curl', '--fail', '--output', "it's.csv"]);
    const body: unknown = JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '');
    expect(body).toEqual({ statement, format: 'csv' });
    expect(words.at(-1)).toBe('http://127.0.0.1:3000/api/clusters/my%20cluster/export');
  });

  it('quotes any text for the shell', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (texts) => {
        const words = texts.map((text) => text.replaceAll('\0', ''));
        expect(wordsOf(words.map(shellQuote).join(' '))).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });
});
