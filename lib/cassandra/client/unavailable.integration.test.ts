import { expect, describe as group, it } from 'vitest';
import { readSchema } from '../schema/schema';
import { failureOf, REPLICAS, runQuery, testBed } from '../test-support';

const KEYSPACE = 'ringside_shortage_test';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v int)`]);

/** With fewer replicas than the level needs, however many nodes are up. */
async function withReplicas(count: number): Promise<void> {
  const replication = `{'class': 'SimpleStrategy', 'replication_factor': ${count}}`;
  await plain.execute(`ALTER KEYSPACE ${KEYSPACE} WITH replication = ${replication}`);
  await readSchema(cluster, { fresh: true });
}

group('a level that the replication can never meet', () => {
  it.each([
    ['a read', `SELECT * FROM ${KEYSPACE}.t WHERE k = 1`],
    ['a scan', `SELECT * FROM ${KEYSPACE}.t`],
    ['a write', `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (1, 1)`],
  ])('is called so, and no node is to be brought back: %s', async (_, statement) => {
    await withReplicas(1);
    const failure = await failureOf(runQuery(cluster, { statement, consistency: 'TWO' }));
    expect(failure).toMatchObject({ code: 'not_enough_replicas', retryable: false });
    expect(failure.message).toBe(
      `TWO needs 2 replicas, but ${KEYSPACE} has 1: the level cannot be met, even with every node up.`,
    );
    expect(failure.hint).not.toContain('bring nodes back');
  });

  it('goes by the replicas that there are nodes for', async () => {
    await withReplicas(7);
    const failure = await failureOf(
      runQuery(cluster, { statement: `SELECT * FROM ${KEYSPACE}.t WHERE k = 1`, consistency: 'ALL' }),
    );
    expect(failure.message).toContain(`ALL needs 7 replicas, but ${KEYSPACE} has ${REPLICAS}`);
  });
});
