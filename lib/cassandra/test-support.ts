import type { Client, tracker } from 'cassandra-driver';
import { afterAll, beforeAll } from 'vitest';
import { type ClusterConfigInput, clusterConfigSchema } from '@/lib/contract/configuration';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type QueryRequest, queryRequestSchema } from '@/lib/contract/reads';
import { Cluster } from './client/cluster';
import { toFailure } from './client/errors';
import type { Run, RunPage } from './client/run';
import { openStatement } from './open-statement';
import { planQuery } from './read/query-plan';
import { NODES, plainClient } from './test-ring';

/** What the tests against a real Cassandra share: separate keyspaces, and ways to read. */

/** As many replicas as the ring allows, at most three. */
export const REPLICAS = Math.min(3, NODES.length);

export const REPLICATION = `{'class': 'SimpleStrategy', 'replication_factor': ${REPLICAS}}`;

/** Levels are quorums, so that a test reads what it has written, whichever replica was busy. */
export function clusterConfig(config: Partial<ClusterConfigInput> = {}) {
  const quorum = { consistency: 'LOCAL_QUORUM' } as const;
  return clusterConfigSchema.parse({ name: 'test', contactPoints: NODES, writes: true, ...quorum, ...config });
}

export interface TestBed {
  readonly cluster: Cluster;
  readonly plain: Client;
}

/** A busy node may need long for the tables of a keyspace, of which it keeps a snapshot. */
const SCHEMA_TIMEOUT_MS = 60_000;

/** A cluster and a plain client for a file's tests; the keyspaces are created before them and dropped after them. */
export function testBed(keyspaces: readonly string[], statements: readonly string[] = []): TestBed {
  const [cluster, plain] = [new Cluster(clusterConfig()), plainClient()];
  const change = (cql: string) => plain.execute(cql, [], { readTimeout: SCHEMA_TIMEOUT_MS });
  const drop = async () => {
    for (const keyspace of keyspaces) await change(`DROP KEYSPACE IF EXISTS ${keyspace}`);
  };
  beforeAll(async () => {
    await drop();
    for (const keyspace of keyspaces) {
      await change(`CREATE KEYSPACE ${keyspace} WITH replication = ${REPLICATION} AND durable_writes = false`);
    }
    for (const statement of statements) await change(statement);
  });
  afterAll(async () => {
    await drop();
    await Promise.all([cluster.close(), plain.shutdown()]);
  });
  return { cluster, plain };
}

/** Inserts many rows with prepared statements, several at a time. */
export async function insertAll(
  client: Client,
  statement: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const atOnce = 64;
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce);
    await Promise.all(some.map((values) => client.execute(statement, [...values], { prepare: true })));
  }
}

/** A statement as the query route runs it. */
export async function openQuery(cluster: Cluster, asked: QueryRequest, ...signals: AbortSignal[]): Promise<Run> {
  return openStatement(await planQuery(cluster, queryRequestSchema.parse(asked)), ANONYMOUS, ...signals);
}

/** All pages of {@link openQuery}, confirmed. */
export async function runQuery(cluster: Cluster, asked: QueryRequest): Promise<RunPage[]> {
  return pagesOf(await openQuery(cluster, { confirm: { statement: asked.statement }, ...asked }));
}

export async function pagesOf<P>({ pages }: { readonly pages: AsyncIterable<P, void> }): Promise<P[]> {
  const all: P[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** The failure that a promise rejects with, as an error of the contract. */
export async function failureOf(run: Promise<unknown>) {
  const outcome = await run.then(
    () => undefined,
    (error: unknown) => toFailure(error).error,
  );
  if (outcome === undefined) throw new Error('it did not fail');
  return outcome;
}

/** Counts the responses to statements that contain `text`, by watching the driver. */
export function countAnswers(client: Client, text: string): () => number {
  let count = 0;
  const counter: tracker.RequestTracker = {
    onSuccess(_host, query) {
      if (String(query).includes(text)) count++;
    },
    onError: () => undefined,
    shutdown: () => undefined,
  };
  Reflect.set(Reflect.get(client, 'options'), 'requestTracker', counter);
  return () => count;
}

/** Counts the statements with `text` that are sent, each page and each attempt of Ringside's own. */
export function countRequests(client: Client, text: string): () => number {
  let count = 0;
  const execute = client.execute.bind(client);
  Reflect.set(client, 'execute', (statement: string, ...rest: [unknown[], object]) => {
    if (statement.includes(text)) count++;
    return execute(statement, ...rest);
  });
  return () => count;
}
