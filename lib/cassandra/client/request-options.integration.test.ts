import { types } from 'cassandra-driver';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runQuery, testBed } from '../test-support';

const KEYSPACE = 'ringside_request_options';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v int)`]);

afterEach(() => vi.restoreAllMocks());

describe('what a request for a statement chooses', () => {
  it.each(['SERIAL', 'LOCAL_SERIAL'] as const)(
    '%s reaches the server as the level of the Paxos round',
    async (level) => {
      const statement = `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (1, 1) IF NOT EXISTS`;
      const [page] = await runQuery(cluster, {
        statement,
        serialConsistency: level,
        consistency: 'QUORUM',
        trace: true,
      });
      const id = page?.traces[0]?.id;
      if (id == null) throw new Error('not traced');
      const parameters = async () => {
        const select = 'SELECT parameters FROM system_traces.sessions WHERE session_id = ?';
        const { rows } = await plain.execute(select, [types.Uuid.fromString(id)], { prepare: true });
        return rows[0]?.get('parameters');
      };
      // The node writes the session after it has responded.
      await expect.poll(parameters, { timeout: 20_000 }).toMatchObject({
        serial_consistency_level: level,
        consistency_level: 'QUORUM',
      });
    },
  );

  it.each([
    ['a read', 'SELECT * FROM system.local'],
    ['a write', `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (2, 2)`],
  ])('the timeout bounds the wait for the response of %s', async (_, statement) => {
    const execute = vi.spyOn(await cluster.client(), 'execute');
    await runQuery(cluster, { statement, timeoutMs: 7_700 });
    const sent = execute.mock.calls.filter(([text]) => text === statement);
    expect(sent).toMatchObject([[statement, expect.anything(), { readTimeout: 7_700 }]]);
  });
});
