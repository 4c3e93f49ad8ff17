import { describe, expect, it } from 'vitest';
import { curlCommand, curlJobCommand } from './curl';
import { wordsOf } from './test-shell';

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
    expect(words).toContain('x-ringside: 1');
    const body: unknown = JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '');
    expect(body).toEqual({ statement, format: 'csv' });
    expect(words.at(-1)).toBe('http://127.0.0.1:3000/api/clusters/my%20cluster/export');
  });

  it('starts a job where a job is wanted', () => {
    const words = wordsOf(
      curlJobCommand('http://127.0.0.1:3000', 'demo', { keyspace: 'k', table: 't', format: 'cql' }),
    );
    expect(words.slice(0, 2)).toEqual(['curl', '--fail']);
    expect(words).not.toContain('--output');
    expect(words.at(-1)).toBe('http://127.0.0.1:3000/api/clusters/demo/jobs');
  });
});
