import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '@/lib/cassandra/test-ring';
import { testBed } from '@/lib/cassandra/test-support';
import { qualify } from './qualify';
import { QUALIFIED } from './test-qualify';

const [USED, NAMED] = ['ringside_use_used', 'ringside_use_named'];
const { plain } = testBed([USED, NAMED]);
const inUse = plainClient();

beforeAll(async () => {
  await inUse.execute(`USE ${USED}`);
});
afterAll(() => inUse.shutdown());

/** What a statement came to, with the keyspace's name left out. */
async function outcome(client: Client, statement: string, keyspace: string): Promise<string> {
  const words = await client.execute(statement).then(
    ({ rows }) => JSON.stringify(rows ?? []),
    (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`,
  );
  return words.replaceAll(keyspace, 'q');
}

describe('a statement that names its keyspace', () => {
  it('does on a real server what it does after USE, for every form', async () => {
    const used: string[] = [];
    const named: string[] = [];
    for (const { written } of QUALIFIED) {
      const { text } = qualify(written.replaceAll(/\bq\b/g, NAMED), NAMED);
      used.push(`${written}: ${await outcome(inUse, written.replaceAll(/\bq\b/g, USED), USED)}`);
      named.push(`${written}: ${await outcome(plain, text, NAMED)}`);
    }
    expect(named).toEqual(used);
    // Most of them run: a ring without sign-in or without functions refuses the others, with the same words.
    expect(used.filter((words) => !words.includes(': refused: ')).length).toBeGreaterThan(25);
  });
});
