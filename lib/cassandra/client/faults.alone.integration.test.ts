import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeControl } from '@/embedded/index.mjs';
import { TELLS_GOSSIP } from '@/lib/test-release';
import { readTopology } from '../nodes/topology';
import type { ReadPage } from '../read/reads';
import { readRowCopies } from '../read/row-copies';
import { NODES } from '../test-ring';
import { failureOf, insertAll, openQuery, runQuery, testBed } from '../test-support';
import { toFailure } from './errors';

/** Nodes that stop or pause during a read, in a ring of three that the tests control. */
const canControl = NODES.length >= 3 && Boolean(process.env.RINGSIDE_TEST_RING);

const KEYSPACE = 'ringside_faults_test';
const ROWS = 1_000;
const STATEMENT = `SELECT * FROM ${KEYSPACE}.t`;
const TEST_TIMEOUT_MS = 300_000;
/** Peers take a while to accept a node that has just started, longer on a busy machine. */
const PATIENCE = { timeout: 90_000, interval: 500 };

describe.runIf(canControl)('a node', () => {
  const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v text)`]);
  const victim = () => nodeControl(2);
  const address = NODES[2] ?? '';

  const nodeNow = async () => {
    const { nodes } = await readTopology(cluster, KEYSPACE);
    return nodes.find((node) => node.address === address);
  };
  const allUp = async () => {
    const { nodes } = await readTopology(cluster, KEYSPACE);
    return nodes.map(({ reachable, gossip }) => [reachable.state, gossip.state].join('/'));
  };
  const read = (more: object = {}) => openQuery(cluster, { statement: STATEMENT, pageRows: 50, maxPages: 0, ...more });

  // Before each test: a node that was killed has lost its memory, and is read like the others.
  beforeEach(async () => {
    const rows = Array.from({ length: ROWS }, (_, k) => [k, 'x'.repeat(100)]);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (?, ?)`, rows);
  });

  afterEach(async () => {
    await victim().resume();
    await victim().start();
    await expect.poll(allUp, PATIENCE).toEqual(NODES.map(() => (TELLS_GOSSIP ? 'up/up' : 'up/unknown')));
  });

  const rowsOf = (pages: readonly ReadPage[]) => pages.reduce((sum, { rows }) => sum + rows, 0);

  /** A read that has stopped after its third page, and a function that continues it. */
  async function beginRead(more: object = {}) {
    const iterator = (await read(more)).pages[Symbol.asyncIterator]();
    const pages: ReadPage[] = [];
    const next = async () => {
      const step = await iterator.next();
      if (!step.done) pages.push(step.value);
      return !step.done;
    };
    while (pages.length < 3) await next();
    const goOn = async () => {
      while (await next());
    };
    return { pages, goOn };
  }

  /**
   * Reads to the end, from the last page's cursor after each failure worth retrying: until peers notice that a node is
   * gone, they may still send it requests.
   */
  async function finish(pages: ReadPage[], goOn: () => Promise<void>, more: object = {}): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE.timeout;
    let attempt = goOn();
    for (;;) {
      const failure = await attempt.then(
        () => null,
        (error: unknown) => toFailure(error).error,
      );
      if (failure === null) return;
      expect([failure.code, failure.retryable]).toEqual([failure.code, true]);
      expect(performance.now()).toBeLessThan(giveUpAt);
      attempt = (async () => {
        const cursor = pages.at(-1)?.frame.cursor ?? undefined;
        for await (const page of (await read({ ...more, cursor })).pages) pages.push(page);
      })();
    }
  }

  it(
    'that dies during reads is worked around, fails reads that need it, and is reported down until it is back',
    async () => {
      const [some, all] = [await beginRead(), await beginRead({ consistency: 'ALL', timeoutMs: 4_000 })];
      await victim().kill();
      await finish(some.pages, some.goOn);
      expect(rowsOf(some.pages)).toBe(ROWS);
      expect(some.pages.at(-1)?.frame.ringFraction).toBe(1);
      expect(some.pages.slice(4).map(({ coordinator }) => coordinator)).not.toContain(address);

      const failed = await all.goOn().catch(toFailure);
      expect(failed?.error.code).toMatch(
        /^(not_enough_replicas|read_timeout|read_failure|request_timeout|cluster_unreachable)$/,
      );
      expect(rowsOf(all.pages)).toBeLessThan(ROWS);

      await expect.poll(async () => (await nodeNow())?.reachable.state, PATIENCE).toBe('down');
      await expect.poll(async () => (await nodeNow())?.gossip.state, PATIENCE).toBe(TELLS_GOSSIP ? 'down' : 'unknown');
      await expect.poll(() => cluster.health().nodesUp, PATIENCE).toBe(NODES.length - 1);
      await finish(all.pages, () => Promise.reject(failed), { consistency: 'LOCAL_QUORUM' });
      expect(rowsOf(all.pages)).toBe(ROWS);

      // The dead replica's copy says which node, why and what to do, while the others answer.
      const name = { keyspace: KEYSPACE, table: 't' };
      const { copies } = await readRowCopies(cluster, name, { key: { k: 1 } }, new AbortController().signal);
      for (const { node, cells, error } of copies) {
        if (node !== address) expect([node, error, cells?.length]).toEqual([node, undefined, 2]);
        else expect(error).toMatchObject({ message: expect.stringMatching(`^${address} does not answer: .+\\.$`) });
      }
      const { schemaAgreement } = await readTopology(cluster, KEYSPACE);
      expect(schemaAgreement.versions.flatMap(({ nodes }) => nodes).sort()).toEqual(NODES.slice(0, 2).sort());
      expect(schemaAgreement.unheard.map(({ node }) => node)).toEqual([address]);

      expect((await nodeNow())?.tokens.length).toBeGreaterThan(0);
      const wanted = async () =>
        (await failureOf(runQuery(cluster, { statement: STATEMENT, consistency: 'ALL' }))).code;
      await expect.poll(wanted, PATIENCE).toBe('not_enough_replicas');
      await victim().start();
      await expect.poll(() => cluster.health().nodesUp, PATIENCE).toBe(NODES.length);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'that is paused is worked around within the timeout of a page',
    async () => {
      const { pages, goOn } = await beginRead({ timeoutMs: 1_000, pageRows: 150 });
      await victim().pause();
      await finish(pages, goOn, { timeoutMs: 1_000, pageRows: 150 });
      expect(rowsOf(pages)).toBe(ROWS);
      const reachable = async () => {
        const { nodes } = await readTopology(cluster, KEYSPACE);
        return Object.fromEntries(nodes.map((node) => [node.address, node.reachable.state]));
      };
      // It answered a moment ago: it is asked again within seconds.
      await expect
        .poll(reachable, PATIENCE)
        .toEqual(Object.fromEntries(NODES.map((node) => [node, node === address ? 'down' : 'up'])));
      const failure = await failureOf(
        runQuery(cluster, { statement: STATEMENT, consistency: 'ALL', timeoutMs: 1_500 }),
      );
      expect(failure.code).toMatch(/^(read_timeout|request_timeout|not_enough_replicas)$/);
    },
    TEST_TIMEOUT_MS,
  );
});
