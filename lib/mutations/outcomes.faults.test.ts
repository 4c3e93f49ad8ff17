import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, policies, types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig } from '@/lib/cassandra/test-support';
import type { MutationPlan, MutationRequest, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { Adapting } from '@/lib/each/adapting';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { plan, run } from './test-changes';
import { type Fate, type Gates, openGates } from './test-gates';

/**
 * What is said of a write holds, whatever fails between its sending and its answer. Two datacenters of real nodes that
 * nothing else uses: replicas and coordinators are paused and killed, and connections cut by gates before the nodes.
 */

const ADDRESSES = ['127.0.45.1', '127.0.45.2', '127.0.45.3'] as const;
const GATES = ['127.0.45.11', '127.0.45.12', '127.0.45.13'] as const;
const PORT = 9042;
const KEYSPACE = 'faulty';
const TEST_TIMEOUT_MS = 600_000;
const SETTLED = { timeout: 180_000, interval: 500 };
/** Longer than the nodes' own: then a node that is not paused answers first. */
const CLIENT_TIMEOUT_MS = 6_000;
/** Short, so that a test does not take hours; 4.0 reads no settings from properties, and keeps its defaults. */
const TIMEOUTS = ['write', 'counter_write', 'read', 'range'].map((of) => `${of}_request_timeout=1500ms`);
const SETTINGS = [...TIMEOUTS, 'cas_contention_timeout=1500ms'].map((setting) => `-Dcassandra.settings.${setting}`);

let ring: Ring;
let plain: Client;
let gates: Gates;

beforeAll(async () => {
  ring = await startRing({
    nodes: [
      { address: ADDRESSES[0], dc: 'dc1', rack: 'rack1' },
      { address: ADDRESSES[1], dc: 'dc1', rack: 'rack2' },
      { address: ADDRESSES[2], dc: 'dc2', rack: 'rack1' },
    ],
    port: PORT,
    directory: join(mkdtempSync(join(tmpdir(), 'ringside-outcomes-')), 'ring'),
    heapMb: 512,
    engine: 'jvm',
    javaFlags: ['-XX:TieredStopAtLevel=1', '-Dcassandra.config.allow_system_properties=true', ...SETTINGS],
    clusterName: 'ringside-outcomes',
    ...(process.env.RINGSIDE_OUTCOMES_RELEASE === undefined ? {} : { version: process.env.RINGSIDE_OUTCOMES_RELEASE }),
  });
  plain = new AgreeingClient({
    contactPoints: [ADDRESSES[0]],
    localDataCenter: 'dc1',
    // The first node is never paused or killed.
    policies: {
      loadBalancing: new policies.loadBalancing.AllowListPolicy(new policies.loadBalancing.RoundRobinPolicy(), [
        `${ADDRESSES[0]}:${PORT}`,
      ]),
    },
    queryOptions: { consistency: types.consistencies.all },
  });
  await plain.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 1}`,
  );
  await plain.execute(`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, l list<int>, PRIMARY KEY (p, c))`);
  await plain.execute(`CREATE TABLE ${KEYSPACE}.counts (p int, c int, n counter, PRIMARY KEY (p, c))`);
  gates = await openGates(
    ADDRESSES.map((to, at) => ({ from: GATES[at] ?? '', to })),
    PORT,
  );
}, 300_000);

afterAll(async () => {
  await gates?.stop();
  await plain?.shutdown();
  await ring?.stop();
});

/** A pseudo-random number from 0 to 1, the same in every run (Park and Miller). */
type Random = () => number;
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
const oneOf = <T>(random: Random, values: readonly [T, ...T[]]): T =>
  values[Math.floor(random() * values.length)] ?? values[0];

/** A partition, as it is before and after a change: nothing between them may ever be read once all nodes are up. */
interface Place {
  readonly table: 't' | 'counts';
  readonly p: number;
  readonly before: string;
  readonly after: string;
}
/** What a plan changes: by change its place, and of a move the place where it goes. */
interface Asked {
  readonly request: MutationRequest;
  readonly places: readonly { readonly own: Place; readonly target?: Place }[];
}

/** By the plain client, again and again until all replicas confirm. */
async function sure(cql: string, consistency = types.consistencies.all): Promise<types.ResultSet> {
  const answers: types.ResultSet[] = [];
  const isAnswered = async () => {
    answers.push(
      ...(await plain.execute(cql, [], { consistency }).then(
        (one) => [one],
        () => [],
      )),
    );
    return answers.length > 0;
  };
  await expect.poll(isAnswered, SETTLED).toBe(true);
  const [answer] = answers;
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

let lastP = 0;
interface Row {
  readonly c: number;
  readonly v: number;
  readonly l: readonly number[];
}
const textOf = (rows: readonly Row[]) => JSON.stringify(rows.map(({ c, v, l }) => ({ c, v, l })));

async function stateOf({ table, p }: Place, consistency = types.consistencies.all): Promise<string> {
  const columns = table === 't' ? 'c, v, l' : 'c, n';
  const { rows } = await sure(`SELECT JSON ${columns} FROM ${KEYSPACE}.${table} WHERE p = ${p}`, consistency);
  return JSON.stringify(rows.map((row): unknown => JSON.parse(String(row.get('[json]')))));
}

/** A new partition of two rows, and a random change of one of them. */
async function simpleChange(random: Random, kinds: readonly [string, ...string[]]) {
  const p = ++lastP;
  const rows: Row[] = [1, 2].map((c) => ({ c, v: p, l: [1] }));
  const values = rows.map(({ c, v }) => `INSERT INTO ${KEYSPACE}.t (p, c, v, l) VALUES (${p}, ${c}, ${v}, [1])`);
  for (const insert of values) await sure(insert);
  const [one = { c: 1, v: p, l: [1] }, two = one] = rows;
  const key = { p, c: 1 };
  const place = (after: readonly Row[]) => ({
    own: { table: 't' as const, p, before: textOf(rows), after: textOf(after) },
  });
  const made = (change: RowChange, after: readonly Row[]) => ({ change, places: place(after) });
  switch (oneOf(random, kinds)) {
    case 'append':
      return made({ kind: 'update', key, edits: { l: { append: [2] } } }, [{ ...one, l: [1, 2] }, two]);
    case 'insert':
      return made({ kind: 'insert', key: { p, c: 3 }, values: { v: 7, l: [7] } }, [...rows, { c: 3, v: 7, l: [7] }]);
    case 'delete':
      return made({ kind: 'delete', key }, [two]);
    case 'move': {
      const to = ++lastP;
      const target = { table: 't' as const, p: to, before: '[]', after: textOf([{ ...one, c: 9 }]) };
      return { change: { kind: 'move' as const, key, to: { p: to, c: 9 } }, places: { ...place([two]), target } };
    }
    case 'move within':
      return made({ kind: 'move', key, to: { p, c: 9 } }, [two, { ...one, c: 9 }]);
    default:
      return made({ kind: 'update', key, edits: { v: { set: -p } } }, [{ ...one, v: -p }, two]);
  }
}

type Options = NonNullable<MutationRequest['options']>;
const requestOf = (changes: RowChange[], options: Partial<Options>, table = 't'): MutationRequest => ({
  ...{ keyspace: KEYSPACE, table, changes },
  options: {
    ...{ mode: 'plain', consistency: 'QUORUM', serialConsistency: 'SERIAL', ttl: 'keep', batch: 'row' },
    ...{ timeoutMs: CLIENT_TIMEOUT_MS, ...options },
  },
});
const many = <T>(count: number, make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const level = (random: Random): Partial<Options> => ({ consistency: oneOf(random, ['QUORUM', 'ALL', 'ALL']) });

/** As many as a run sends at a time before any was answered: with more than those the gates would never open. */
const AT_ONCE = new Adapting(16, 0).atOnce;

async function rowByRow(random: Random, mode: 'plain' | 'guarded', kinds: readonly [string, ...string[]]) {
  const made = await many(AT_ONCE, () => simpleChange(random, kinds));
  const request = requestOf(
    made.map(({ change }) => change),
    { mode, ...level(random) },
  );
  return [{ request, places: made.map(({ places }) => places) }];
}

/** Two rows of each partition in one batch. */
async function byPartition(random: Random, mode: 'plain' | 'guarded'): Promise<Asked[]> {
  const made = await many(AT_ONCE, () => simpleChange(random, ['update']));
  const both = made.map(({ change, places: { own } }) => {
    const p = own.p;
    const own2 = { ...own, after: textOf([1, 2].map((c) => ({ c, v: -p, l: [1] }))) };
    const second: RowChange = { kind: 'update', key: { p, c: 2 }, edits: { v: { set: -p } } };
    return { changes: [change, second], places: [{ own: own2 }, { own: own2 }] };
  });
  const request = requestOf(
    both.flatMap(({ changes }) => changes),
    { mode, batch: 'partition', ...level(random) },
  );
  return [{ request, places: both.flatMap(({ places }) => places) }];
}

async function loggedBatches(random: Random): Promise<Asked[]> {
  return many(8, async () => {
    const made = await many(3, () => simpleChange(random, ['update', 'append', 'insert', 'delete', 'move']));
    const request = requestOf(
      made.map(({ change }) => change),
      { batch: 'logged', ...level(random) },
    );
    return { request, places: made.map(({ places }) => places) };
  });
}

async function counts(random: Random): Promise<Asked[]> {
  const made = await many(AT_ONCE, async () => {
    const p = ++lastP;
    const by = 1 + Math.floor(random() * 9);
    await plain.execute(`UPDATE ${KEYSPACE}.counts SET n = n + 5 WHERE p = ${p} AND c = 1`);
    const state = (n: number) => JSON.stringify([{ c: 1, n }]);
    const own = { table: 'counts' as const, p, before: state(5), after: state(5 + by) };
    const change: RowChange = { kind: 'update', key: { p, c: 1 }, edits: { n: { by: String(by) } } };
    return { change, own };
  });
  const request = requestOf(
    made.map(({ change }) => change),
    level(random),
    'counts',
  );
  return [{ request, places: made.map(({ own }) => ({ own })) }];
}

const KINDS: Readonly<Record<string, (random: Random) => Promise<Asked[]>>> = {
  'a row': (random) => rowByRow(random, 'plain', ['update', 'append', 'insert', 'delete', 'move', 'move within']),
  'rows of a partition': (random) => byPartition(random, 'plain'),
  'rows of several partitions': loggedBatches,
  'a row under a condition': (random) => rowByRow(random, 'guarded', ['update', 'append', 'insert', 'delete', 'move']),
  'rows of a partition under a condition': (random) => byPartition(random, 'guarded'),
  'a counter': counts,
};

interface Fault {
  /** What happens once every write is at the gates. Slow strikes are not awaited before they pass. */
  readonly strike: () => Promise<void>;
  readonly isAwaited: boolean;
  readonly fate: (random: Random) => Fate;
}
const passes = () => 'pass' as const;
const paused = (...nodes: number[]): Fault => ({
  strike: async () => void (await Promise.all(nodes.map((node) => ring.node(node).pause()))),
  isAwaited: true,
  fate: passes,
});
/** The second node coordinates half of the writes, and keeps the batch log of those of the first. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'answers are lost': { ...paused(), fate: (random) => oneOf(random, ['pass', 'mute']) },
  // One cut ends all that is under way on the same connection.
  'a connection is cut': { ...paused(), fate: (random) => oneOf(random, ['pass', 'mute', 'cut', 'lose']) },
  'a replica of another datacenter is paused': paused(2),
  'a replica and coordinator is paused': paused(1),
  'two replicas are paused': paused(1, 2),
  'a coordinator is paused while it works': { ...paused(1), isAwaited: false },
  'a coordinator is killed while it works': { strike: () => ring.node(1).kill(), isAwaited: false, fate: passes },
};

/** How often each text of a write was at a gate: never twice. */
const sent = new Map<string, number>();

/** Holds writes until so many are at the gates; then the fault strikes, and they go on. */
function hold(count: number, { strike, isAwaited, fate }: Fault, random: Random): () => void {
  let waiting = count;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  gates.decide = async (statement) => {
    sent.set(statement, (sent.get(statement) ?? 0) + 1);
    if (--waiting === 0) {
      const struck = strike();
      if (isAwaited) await struck;
      else struck.catch(() => undefined);
      open();
    }
    await opened;
    return fate(random);
  };
  return () => {
    gates.decide = null;
    open();
  };
}

async function recovered(): Promise<void> {
  for (const node of [1, 2]) {
    await ring.node(node).resume();
    await ring.node(node).start();
  }
  await sure(`UPDATE ${KEYSPACE}.t SET v = 1 WHERE p = 0 AND c = 0`);
}

interface Ended {
  readonly kind: string;
  readonly outcome: StatementOutcome;
  readonly isConditional: boolean;
  readonly cql: string;
  readonly places: readonly Place[];
}
const ledger: Ended[] = [];

function endedOf(kind: string, asked: Asked, planned: MutationPlan, outcomes: readonly StatementOutcome[]): Ended[] {
  return outcomes.map((outcome) => {
    const statement = planned.statements[outcome.statement];
    if (statement === undefined) throw new Error('an outcome of no statement');
    const all = statement.changes.flatMap((change) => {
      const { own, target } = asked.places[change] ?? {};
      if (own === undefined) return [];
      if (target === undefined) return [own];
      const isLogged = asked.request.options?.batch === 'logged';
      return isLogged ? [own, target] : statement.after === null ? [target] : [own];
    });
    const places = [...new Map(all.map((place) => [place.p, place])).values()];
    return { kind, outcome, isConditional: statement.isConditional, cql: statement.cql, places };
  });
}

const IN_BATCH_LOG = /in the batch log, so all of it will be applied/;

/** What may stand there once all nodes are up, by what was said. */
function truthOf({ outcome, places, isConditional }: Ended, states: readonly string[]): string | null {
  const isBefore = places.every(({ before }, at) => states[at] === before);
  const isAfter = places.every(({ after }, at) => states[at] === after);
  if (!isBefore && !isAfter) return 'half of it is there';
  const { outcome: said, look, message } = outcome;
  if (said === 'applied') return isAfter ? null : 'it is not there';
  if (said !== 'unknown') return isBefore ? null : 'it is there';
  if (IN_BATCH_LOG.test(message)) return isAfter ? null : 'it did not come';
  const isSeen = look?.found === 'there' || look?.found === 'looks_there';
  if (isConditional && look?.found === 'not_there' && !/not there/.test(look.message)) return 'the look has no words';
  return isSeen && !isAfter ? 'what was seen is gone' : null;
}

async function wrongs(ended: readonly Ended[]): Promise<string[]> {
  const found = await Promise.all(
    ended.map(async (one) => {
      const states = await Promise.all(one.places.map((place) => stateOf(place)));
      const wrong = truthOf(one, states);
      return wrong === null ? [] : [`${wrong}: ${JSON.stringify([one, states])}`];
    }),
  );
  return found.flat();
}

async function episode(kind: string, fault: Fault, seed: number): Promise<Ended[]> {
  const random = seeded(seed);
  const asked = (await KINDS[kind]?.(random)) ?? [];
  const addressMap = Object.fromEntries(ADDRESSES.map((address, at) => [address, GATES[at] ?? '']));
  const cluster = new Cluster(clusterConfig({ contactPoints: [ADDRESSES[0]], port: PORT, addressMap }));
  try {
    const plans: MutationPlan[] = [];
    for (const { request } of asked) plans.push(await plan(cluster, request));
    expect(plans.flatMap(({ refusals }) => refusals)).toEqual([]);
    const first = plans.flatMap(({ statements }) => statements.filter(({ after }) => after === null));
    const release = hold(first.length, fault, random);
    const ran = await Promise.all(plans.map((one) => run(cluster, one)));
    release();
    return ran.flatMap(({ outcomes }, at) => {
      const [one, planned] = [asked[at], plans[at]];
      return one === undefined || planned === undefined ? [] : endedOf(kind, one, planned, outcomes);
    });
  } finally {
    gates.decide = null;
    await cluster.close();
    await recovered();
  }
}

/** A read at SERIAL ends a pending round of Paxos: only then is it decided. */
async function decide(ended: readonly Ended[]): Promise<void> {
  for (const { places, isConditional } of ended)
    if (isConditional) for (const place of places) await stateOf(place, types.consistencies.serial);
}

const ROUNDS = Number(process.env.RINGSIDE_OUTCOMES_ROUNDS ?? 1);
const CASES = Object.keys(FAULTS).flatMap((fault, at) =>
  Object.keys(KINDS).flatMap((kind, of) =>
    Array.from({ length: ROUNDS }, (_, round) => ({
      ...{ fault, kind, seed: 1 + round + 100 * of + 10_000 * (at + 1) },
    })),
  ),
);

describe('what is said of a write', { timeout: TEST_TIMEOUT_MS }, () => {
  it.each(CASES)('of $kind while $fault (seed $seed) is true', async ({ fault, kind, seed }) => {
    const how = FAULTS[fault];
    if (how === undefined) throw new Error('no such fault');
    const ended = await episode(kind, how, seed);
    await decide(ended);
    // A batch may be half done until its log is replayed.
    await expect.poll(() => wrongs(ended), SETTLED).toEqual([]);
    ledger.push(...ended);
  });

  it('still is when all is over, and nothing was sent twice', async () => {
    expect(await wrongs(ledger)).toEqual([]);
    expect([...sent].filter(([, times]) => times > 1)).toEqual([]);
  });

  it('has met every end of every kind', () => {
    const met = (kind: string, text: RegExp) =>
      ledger.some(({ kind: of, outcome }) => of === kind && text.test(`${outcome.outcome} ${outcome.message}`));
    for (const kind of Object.keys(KINDS)) {
      expect(met(kind, /^applied/), kind).toBe(true);
      expect(met(kind, /^unknown/), kind).toBe(true);
      expect(ledger.filter(({ kind: of }) => of === kind).length, kind).toBeGreaterThanOrEqual(50);
    }
    expect(met('a row', /too few replicas confirmed/)).toBe(true);
    expect(met('rows of a partition', /too few replicas confirmed/)).toBe(true);
    expect(met('rows of several partitions', IN_BATCH_LOG)).toBe(true);
    expect(met('rows of several partitions', /the batch log did not confirm/)).toBe(true);
    expect(met('a row under a condition', /Paxos/)).toBe(true);
    expect(met('a counter', /may have been changed/)).toBe(true);
  });

  it('lets what may be sent again be sent again', async () => {
    const again = ledger.filter(({ outcome }) => outcome.outcome === 'unknown' && outcome.mayResend);
    expect(again.length).toBeGreaterThan(0);
    for (const { cql } of again) await sure(cql);
    for (const { places, cql } of again)
      for (const place of places) expect(await stateOf(place), cql).toBe(place.after);
  });
});
