import { types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { COMPARED_ROWS } from '@/lib/contract/limits';
import { type ReplicaResultsRequest, replicaResultsResponseSchema } from '@/lib/contract/replica-results';
import { compareReplicas, replicaVerdict } from '@/lib/trace/compare-replicas';
import { failureOf, insertAll, REPLICAS, testBed } from '../test-support';
import { readReplicaResults } from './replica-results';

const KEYSPACE = 'ringside_replica_results_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (k text, c int, v text, PRIMARY KEY (k, c))`],
);
const ask = async (request: ReplicaResultsRequest) =>
  replicaResultsResponseSchema.parse(await readReplicaResults(cluster, request, new AbortController().signal));
const consistency = types.consistencies.all;
const OF_A = `SELECT * FROM ${KEYSPACE}.t WHERE k = 'a'`;

describe('a statement on each replica', () => {
  it('is answered by each, and the traces prove whose data it was', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (k, c, v) VALUES ('a', 1, 'x')`, [], { consistency });
    // Nodes write traces after they respond, later if they are busy. Which replica a coordinator reads is its choice: its
    // own data as a rule, another's while it finds itself slow.
    let found = await ask({ statement: OF_A });
    await expect
      .poll(
        async () => {
          found = await ask({ statement: OF_A });
          return found.results.filter(({ proof }) => proof === 'none').map(({ node }) => node);
        },
        { timeout: 60_000 },
      )
      .toEqual([]);
    for (const { proof, servedBy, node } of found.results)
      expect(
        servedBy.every((by) => node.startsWith(`${by}:`)),
        `${node}: ${proof}, ${servedBy}`,
      ).toBe(proof === 'own');
    expect(found.replicas).toHaveLength(REPLICAS);
    expect(found.results.map(({ node }) => node)).toEqual(found.replicas);
    expect(found.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'k partition_key',
      'c clustering',
      'v regular',
    ]);
    for (const { rows, isReplica, traceIds } of found.results) {
      expect(rows).toEqual([['a', 1, 'x']]);
      expect(isReplica).toBe(true);
      expect(traceIds).toHaveLength(1);
    }
    expect(compareReplicas(found).different).toEqual([]);
  });

  it('finds the replicas by values of parameters, by name and by position', async () => {
    const { replicas } = await ask({ statement: OF_A });
    const byName = await ask({ statement: `SELECT * FROM ${KEYSPACE}.t WHERE k = :key`, params: { key: 'a' } });
    const byPosition = await ask({ statement: `SELECT * FROM ${KEYSPACE}.t WHERE c = ? AND k = ?`, params: [1, 'a'] });
    const inOrder = await ask({ statement: `SELECT * FROM ${KEYSPACE}.t WHERE c = :c AND k = :key`, params: [1, 'a'] });
    expect([byName, byPosition, inOrder].map((given) => given.replicas)).toEqual([replicas, replicas, replicas]);
  });

  it('reads a bounded number of rows, and says that there are more', async () => {
    const rows = Array.from({ length: COMPARED_ROWS + 50 }, (_, c) => ['many', c, 'v']);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, c, v) VALUES (?, ?, ?)`, rows);
    const found = await ask({ statement: `SELECT c FROM ${KEYSPACE}.t WHERE k = 'many'` });
    for (const { rows: read, more } of found.results) {
      expect(read).toHaveLength(COMPARED_ROWS);
      expect(more).toBe(true);
    }
    expect(replicaVerdict(found, compareReplicas(found))).toContain(`at most ${COMPARED_ROWS} of each node`);
  });

  it('runs by the coordinators that are named, and says of one that is not known that it did not answer', async () => {
    const { replicas } = await ask({ statement: OF_A });
    const [first = ''] = replicas;
    const found = await ask({ statement: OF_A, nodes: [first, '10.255.255.1:9042'], consistency: 'QUORUM' });
    expect(found.consistency).toBe('QUORUM');
    expect(found.results[0]).toMatchObject({ node: first, rows: [['a', 1, 'x']], isReplica: true });
    expect(found.results[1]).toMatchObject({ rows: null, proof: 'none', error: { code: 'not_found' } });
  });

  it('never writes, and needs one partition', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.t (k, c, v) VALUES ('never', 1, 'x')`;
    expect(await failureOf(ask({ statement: insert }))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('never a write'),
    });
    const written = await plain.execute(`SELECT * FROM ${KEYSPACE}.t WHERE k = 'never'`);
    expect(written.rowLength).toBe(0);
    expect(await failureOf(ask({ statement: `SELECT * FROM ${KEYSPACE}.t` }))).toMatchObject({
      message: expect.stringContaining('one partition'),
    });
  });

  it('says that it does not know the replicas where only Cassandra knows the key', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t WHERE k = blobAsText(0x61)`;
    const failure = await failureOf(ask({ statement }));
    expect(failure).toMatchObject({ hint: 'Choose the coordinators yourself.' });
    const { replicas } = await ask({ statement: OF_A });
    const found = await ask({ statement, nodes: replicas });
    expect(found.unknownReason).toContain('only Cassandra knows its token');
    expect(found.results[0]).toMatchObject({ isReplica: null, rows: [['a', 1, 'x']] });
  });
});
