import { describe, expect, it } from 'vitest';
import { testBed } from '@/lib/cassandra/test-support';
import { FUNCTIONS, wordsOf } from './cql-words';
import { isSince } from './release';

const { plain } = testBed([]);

/** `tokens` is a set, which few functions accept: the server complains about it only if the function exists. */
async function isKnown(call: string): Promise<boolean> {
  try {
    await plain.execute(`SELECT ${call.replace('()', '(tokens)')} FROM system.local`);
    return true;
  } catch (error) {
    return !/Unknown function/.test(String(error));
  }
}

describe('the functions that completion offers', () => {
  it('are known to the server of that release; those withheld as too new are not', async () => {
    const [local] = (await plain.execute('SELECT release_version FROM system.local')).rows;
    const release = String(local?.release_version);
    expect(isSince(release, '4.0')).toBe(true);
    const offered = wordsOf(FUNCTIONS, release);
    expect(offered).toContain('token()');
    for (const { text, since } of FUNCTIONS) {
      const tooNew = since !== undefined && isSince(release, since) === false;
      if (offered.includes(text) || tooNew) expect([text, await isKnown(text)]).toEqual([text, !tooNew]);
    }
  });
});
