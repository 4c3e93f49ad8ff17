import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import { emptySample, type LatencyName, latencySample, type NodeSample, tableSample } from '@/lib/live/node-sample';
import type { Counted, LatencyRow } from '@/lib/live/rates';
import { askEveryNode } from '../client/system-reads';
import {
  LIVE_INTERVALS_MS,
  LIVE_STATEMENTS,
  type LiveName,
  type LiveRows,
  ROUND_MS,
  readLive,
} from './live-statements';
import { stretchOf } from './pace';
import { intervalsNow } from './readers';

/** A release that lacks a table, and a permission that is missing, rarely change. */
const REFUSED_ROUNDS = 30;

/** What is kept of a node between rounds. */
interface LiveNode {
  generation: number | null;
  readonly counted: Map<LatencyName, Counted<LatencyRow>>;
  /** By statement; it holds until the statement is asked again. */
  readonly samples: Map<LiveName, NodeSample>;
  readonly refused: Map<LiveName, { readonly why: string; readonly round: number }>;
  /** Why it did not answer. */
  silence: string | null;
}

const LATENCIES: readonly LatencyName[] = [
  'coordinatorRead',
  'coordinatorWrite',
  'coordinatorScan',
  'localRead',
  'localWrite',
];

/** Rounds in which all nodes are asked what moves. */
export class LiveRound {
  readonly #nodes = new Map<string, LiveNode>();
  /** How many times longer than in a small cluster a round waits. */
  stretch = 1;

  /** After a pause nothing is known of the time before. */
  forget(): void {
    this.#nodes.clear();
  }

  /** @returns by node what it said, or still holds; a node that did not answer is absent */
  async ask(client: Client, round: number): Promise<ReadonlyMap<string, readonly NodeSample[]>> {
    const hosts = client.hosts.values();
    this.stretch = stretchOf(hosts.length, intervalsNow(client, 'live', LIVE_INTERVALS_MS));
    const answers = await askEveryNode(client, (host) => askNode(client, host, this.#node(host), round));
    const known = new Set(hosts.map(({ address }) => address));
    for (const node of this.#nodes.keys()) if (!known.has(node)) this.#nodes.delete(node);
    const samples = new Map<string, readonly NodeSample[]>();
    for (const { host, failure } of answers) {
      const node = this.#node(host);
      node.silence = failure?.message ?? null;
      if (failure !== undefined) {
        // Nor is a rate made over the time in which it did not answer.
        node.samples.clear();
        node.counted.clear();
      } else samples.set(host.address, [...node.samples.values()]);
    }
    return samples;
  }

  /** What could not be asked, with the nodes. */
  gaps(): { readonly source: string; readonly nodes: string[]; readonly why: string }[] {
    const gaps = new Map<string, { readonly source: string; readonly nodes: string[]; readonly why: string }>();
    const add = (source: string, why: string, node: string) => {
      const gap = gaps.get(`${source} ${why}`) ?? { source, nodes: [], why };
      gap.nodes.push(node);
      gaps.set(`${source} ${why}`, gap);
    };
    for (const [address, { silence, refused }] of this.#nodes) {
      if (silence !== null) add('', silence, address);
      for (const [name, { why }] of refused) add(LIVE_STATEMENTS[name].table, why, address);
    }
    return [...gaps.values()];
  }

  #node({ address }: Host): LiveNode {
    const node: LiveNode = this.#nodes.get(address) ?? {
      generation: null,
      counted: new Map(),
      samples: new Map(),
      refused: new Map(),
      silence: null,
    };
    this.#nodes.set(address, node);
    return node;
  }
}

/** One statement at a time. @throws Failure when the node does not answer: the rest of the round is not sent to it */
async function askNode(client: Client, host: Host, node: LiveNode, round: number): Promise<void> {
  const due = (name: LiveName) => isDue(node, name, round);
  if (due('local')) {
    const [row] = (await answerOf(client, host, node, 'local', round))?.rows ?? [];
    node.generation = row?.generation ?? null;
  }
  for (const name of LATENCIES) {
    if (!due(name)) continue;
    const answer = await answerOf(client, host, node, name, round);
    if (answer === null) continue;
    const now = { ...answer, generation: node.generation };
    node.samples.set(name, latencySample(name, node.counted.get(name), now));
    node.counted.set(name, now);
  }
  if (due('pools')) await keep('pools', poolSample);
  if (due('tombstones')) await keep('tombstones', tombstoneSample);
  if (due('clients')) await keep('clients', (rows) => oneNumber('clients', rows.length));
  if (due('disk')) await keep('disk', (rows) => tableSample(rows, ({ value }) => [['disk', value]]));

  async function keep<Name extends LiveName>(name: Name, sampleOf: (rows: readonly LiveRows[Name][]) => NodeSample) {
    const answer = await answerOf(client, host, node, name, round);
    if (answer !== null) node.samples.set(name, sampleOf(answer.rows));
  }
}

/** Whole rounds between two times that a statement is asked. */
function isDue({ refused, samples }: LiveNode, name: LiveName, round: number): boolean {
  const before = refused.get(name);
  if (before !== undefined) return round - before.round >= REFUSED_ROUNDS;
  const rounds = Math.round(LIVE_STATEMENTS[name].everyMs / ROUND_MS);
  // The first two rounds ask all: a rate needs two responses.
  return round < 2 || round % rounds === 0 || (name !== 'local' && !samples.has(name));
}

async function answerOf<Name extends LiveName>(
  client: Client,
  host: Host,
  { refused, samples }: LiveNode,
  name: Name,
  round: number,
): Promise<{ readonly rows: readonly LiveRows[Name][]; readonly atMs: number } | null> {
  const read = await readLive(client, host, name);
  if (read.rows !== undefined) {
    refused.delete(name);
    return read;
  }
  refused.set(name, { why: read.why, round });
  samples.delete(name);
  return null;
}

function poolSample(rows: readonly LiveRows['pools'][]): NodeSample {
  const sample = emptySample();
  for (const { name, pending, blocked } of rows) sample.pools.set(name, { pending, blocked });
  sample.node.set(
    'pending',
    rows.reduce((sum, row) => sum + row.pending, 0),
  );
  sample.node.set(
    'blocked',
    rows.reduce((sum, row) => sum + row.blocked, 0),
  );
  return sample;
}

function tombstoneSample(rows: readonly LiveRows['tombstones'][]): NodeSample {
  return tableSample(rows, ({ p50, p99, max }) => [
    ['tombstonesP50', p50],
    ['tombstonesP99', p99],
    ['tombstonesMax', max],
  ]);
}

function oneNumber(name: 'clients', value: number): NodeSample {
  const sample = emptySample();
  sample.node.set(name, value);
  return sample;
}
