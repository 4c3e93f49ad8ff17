import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Verdict } from '@/lib/contract/health';
import type { FactName, FactRows, NodeReads, Read, Silence } from '@/lib/health/facts';
import { Failure } from '../../failure';
import { askEach, readFromNode } from '../client/system-reads';
import { BEAT_MS } from './gossip-state';
import { NODE_STATEMENTS } from './node-statements';
import { type Asked as AskedAt, perMinute, phaseOf, stretchOf, takeDue } from './pace';
import { intervalsNow } from './readers';

/** A request waits this long for nodes that are being asked; what has not come by then is shown as it was. */
const WAIT_MS = 1_200;
/** A release that lacks a table, and a permission that is missing, rarely change. */
const REFUSED_EVERY_MS = 300_000;
/** How far back the earlier response of a counter may be, and how close to each other those kept are. */
const BEFORE_MS = 600_000;
const BETWEEN_MS = 60_000;

/** What a node has said so far. Plain data, so that it outlives a reload of the code. */
interface NodeState {
  readonly reads: Map<FactName, Read<FactRows[FactName]>>;
  readonly asked: Map<FactName, AskedAt>;
  /** Of counters. */
  readonly earlier: Map<FactName, { readonly rows: readonly FactRows[FactName][]; readonly askedAt: string }[]>;
  lastAnswerAt: string | null;
  /** Why it does not answer. */
  failure: string | null;
  /** On the monotonic clock; null: nothing is being asked. */
  pendingSinceMs: number | null;
}

/** What the nodes of one cluster have said, and the rounds in which they are being asked: those that answered last, and the others. */
interface Asked {
  readonly nodes: Map<string, NodeState>;
  /** Until when somebody looks at what is asked on demand. */
  readonly wantedUntilMs: Map<FactName, number>;
  round: Promise<unknown> | null;
  silentRound: Promise<unknown> | null;
}

/** A node and what it has said. */
export interface AskedNode {
  readonly host: Host;
  readonly reads: NodeReads;
  readonly silence: Silence | null;
}

const KEY = Symbol.for('ringside.asked-nodes');

/** By the client that a cluster keeps: the bundler may make several instances of this module, which share it. */
function askedBy(client: Client): Asked {
  const global = globalThis as { [KEY]?: WeakMap<Client, Asked> };
  global[KEY] ??= new WeakMap();
  const asked = global[KEY].get(client) ?? {
    nodes: new Map(),
    wantedUntilMs: new Map(),
    round: null,
    silentRound: null,
  };
  global[KEY].set(client, asked);
  return asked;
}

const NAMES = Object.keys(NODE_STATEMENTS).filter((name): name is FactName => Object.hasOwn(NODE_STATEMENTS, name));

/** How long what is asked on demand counts as looked at; pages ask again more often than that. */
const WANTED_MS = 60_000;

const ALWAYS = NAMES.filter((name) => NODE_STATEMENTS[name].isOnDemand !== true);

/** How often each is asked, where some are looked at. */
function intervalsOf(names: readonly FactName[], looked: readonly FactName[] = []): number[] {
  return names.map((name) => {
    const { everyMs, demandedMs = everyMs } = NODE_STATEMENTS[name];
    return looked.includes(name) ? demandedMs : everyMs;
  });
}

/** The intervals of the statements that are always asked, for the arithmetic in pace.ts. */
export const INTERVALS_MS: readonly number[] = intervalsOf(ALWAYS);

/** What somebody looks at now besides what is always asked: it shares the budget, so it slows down the rest. */
function demandedNow({ wantedUntilMs }: Asked): readonly FactName[] {
  const nowMs = performance.now();
  return NAMES.filter((name) => (wantedUntilMs.get(name) ?? 0) > nowMs);
}

/**
 * What every node says of itself and of the others. All viewers share one round: a statement is asked again only when it is
 * due, one at a time of each node, and a node that does not answer is not asked the rest of the round. It delays nobody: the
 * answer is what is known after {@link WAIT_MS}, and a node that was silent before is not waited for at all.
 * @param waitMs how long to wait for nodes that are being asked
 * @param demanded what is looked at besides what is always asked
 */
export async function askNodes(
  client: Client,
  waitMs = WAIT_MS,
  demanded: readonly FactName[] = [],
): Promise<AskedNode[]> {
  const asked = askedBy(client);
  const hosts = client.hosts.values();
  for (const name of demanded) asked.wantedUntilMs.set(name, performance.now() + WANTED_MS);
  const round = roundOf(client, asked);
  const isSilent = (host: Host) => stateIn(asked, host).failure !== null;
  const ask = (host: Host) => askDue(client, host, stateIn(asked, host), round);
  asked.round ??= askEach(
    hosts.filter((host) => !isSilent(host)),
    ask,
  ).finally(() => {
    asked.round = null;
  });
  // Nobody waits for these.
  asked.silentRound ??= askEach(hosts.filter(isSilent), ask).finally(() => {
    asked.silentRound = null;
  });
  await Promise.race([asked.round, pause(waitMs)]);
  for (const known of asked.nodes.keys()) {
    if (hosts.every(({ address }) => address !== known)) asked.nodes.delete(known);
  }
  return hosts.map((host) => toAskedNode(host, stateIn(asked, host), waitMs));
}

function stateIn(asked: Asked, { address }: Host): NodeState {
  const state: NodeState = asked.nodes.get(address) ?? {
    reads: new Map(),
    asked: new Map(),
    earlier: new Map(),
    lastAnswerAt: null,
    failure: null,
    pendingSinceMs: null,
  };
  asked.nodes.set(address, state);
  return state;
}

interface Round {
  readonly names: readonly FactName[];
  /** Of these, what is demanded. */
  readonly looked: readonly FactName[];
  readonly everyMs: readonly number[];
  readonly stretch: number;
}

/** What is asked now, and how much more slowly, since all who ask the nodes share one budget. */
function roundOf(client: Client, asked: Asked): Round {
  const looked = demandedNow(asked);
  const names = NAMES.filter((name) => ALWAYS.includes(name) || looked.includes(name));
  const everyMs = intervalsOf(names, looked);
  const all = intervalsNow(client, 'facts', everyMs);
  return { names, looked, everyMs, stretch: stretchOf(client.hosts.length, all) };
}

/**
 * How often what a page shows is asked now, and the most statements a minute that this reading sends to all nodes.
 * @param everyMs of what moves fastest on the page; default: of all
 */
export function paceOf(client: Client, everyMs = Math.min(...INTERVALS_MS)): Verdict['pace'] {
  const { everyMs: all, stretch } = roundOf(client, askedBy(client));
  const nodes = client.hosts.length;
  return { nodes, everyMs: Math.round(everyMs * stretch), statementsPerMinute: perMinute(nodes, all, stretch) };
}

async function askDue(client: Client, host: Host, state: NodeState, round: Round): Promise<void> {
  // It is in both rounds while it begins to answer again.
  if (state.pendingSinceMs !== null) return;
  const { names, stretch } = round;
  const everyMs = (name: FactName, times: number) => everyMsOf(name, times, state, round);
  const schedule = { names, everyMs, stretch, phase: phaseOf(host.address) };
  for (const name of takeDue(schedule, state.asked, () => performance.now())) {
    state.pendingSinceMs = performance.now();
    try {
      keep(state, name, await askOne(client, host, name), stretch);
    } catch (error) {
      state.failure = error instanceof Failure ? error.message : String(error);
      state.reads.set(name, { outcome: 'no_answer', statement: NODE_STATEMENTS[name].statement });
      break;
    } finally {
      state.pendingSinceMs = null;
    }
  }
}

/** The first view of gossip says nothing about heartbeats: the second is taken as soon as one must have risen. */
function everyMsOf(name: FactName, times: number, state: NodeState, { looked }: Round): number {
  const read = state.reads.get(name);
  if (read?.outcome === 'not_permitted' || read?.outcome === 'no_such_table') return REFUSED_EVERY_MS;
  if (name === 'gossip' && times === 1) return BEAT_MS;
  const { everyMs, demandedMs = everyMs } = NODE_STATEMENTS[name];
  return looked.includes(name) ? demandedMs : everyMs;
}

function keep(state: NodeState, name: FactName, read: Read<FactRows[FactName]>, stretch: number): void {
  state.failure = null;
  state.lastAnswerAt = new Date().toISOString();
  if (read.outcome !== 'rows' || NODE_STATEMENTS[name].isCounted !== true) {
    state.reads.set(name, read);
    return;
  }
  const { rows, askedAt } = read;
  const { beforeMs = BEFORE_MS, everyMs } = NODE_STATEMENTS[name];
  // Where the budget stretches the interval beyond it, the last response still counts.
  const mostMs = Math.max(beforeMs, 1.5 * everyMs * stretch);
  const kept = (state.earlier.get(name) ?? []).filter((one) => sinceMs(one.askedAt) <= mostMs);
  const [before] = kept;
  const latest = kept.at(-1);
  state.reads.set(name, before === undefined ? read : { ...read, before });
  if (latest === undefined || sinceMs(latest.askedAt) >= BETWEEN_MS) kept.push({ rows, askedAt });
  state.earlier.set(name, kept);
}

function sinceMs(askedAt: string): number {
  return Date.now() - Date.parse(askedAt);
}

/** @throws Failure when the node does not answer */
async function askOne(client: Client, host: Host, name: FactName): Promise<Read<FactRows[FactName]>> {
  const { statement, read } = NODE_STATEMENTS[name];
  const sentMs = Date.now();
  try {
    const rows = await readFromNode(client, host, statement);
    const receivedMs = Date.now();
    return {
      outcome: 'rows',
      rows: read({ rows, host, sentMs, receivedMs }),
      askedAt: new Date(receivedMs).toISOString(),
      statement,
    };
  } catch (error) {
    const refusal = error instanceof Failure ? refusalOf(error, statement) : null;
    if (refusal === null) throw error;
    return refusal;
  }
}

/** The release has no such table or column. */
const LACKING: ReadonlySet<ErrorCode> = new Set(['invalid_statement', 'syntax_error']);

/** Why a node that answers does not say it; null: it does not answer. */
export function refusalOf({ error }: Failure, statement: string): Read<never> | null {
  if (LACKING.has(error.code)) return { outcome: 'no_such_table', statement };
  if (error.code !== 'unauthorized') return null;
  // Cassandra: "User reader has no SELECT permission on <table system_views.settings> or any of its parents".
  const role = /^User (.+) has no \w+ permission/.exec(error.detail ?? '')?.[1] ?? null;
  return { outcome: 'not_permitted', statement, reason: error.message, role };
}

function toAskedNode(host: Host, state: NodeState, waitMs: number): AskedNode {
  const reads: NodeReads = Object.fromEntries(state.reads);
  return { host, reads, silence: silenceOf(state, waitMs) };
}

function silenceOf({ failure, lastAnswerAt, pendingSinceMs }: NodeState, waitMs: number): AskedNode['silence'] {
  if (failure !== null) return { lastAnswerAt, reason: failure, isLate: false };
  const pendingMs = pendingSinceMs === null ? 0 : performance.now() - pendingSinceMs;
  // Whoever asks while a node answers others must not find it silent.
  if (pendingMs < waitMs / 2) return null;
  const reason = `It was asked ${(pendingMs / 1_000).toFixed(1)} s ago and has not answered yet.`;
  return { lastAnswerAt, reason, isLate: true };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
