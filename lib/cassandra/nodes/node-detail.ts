import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import { nodeNamed } from '@/lib/cluster/node-named';
import type { NodeSection, NodeSectionName } from '@/lib/contract/nodes';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { readFromNode } from '../client/system-reads';
import { refusalOf as readRefusal } from './ask-nodes';
import { maskedTask } from './masked-task';
import { SECTION_STATEMENTS } from './node-detail-statements';
import { refusalOf } from './node-refusal';
import { allowanceOf, DETAILS_PER_MINUTE } from './pace';

/** All viewers share a response for so long. */
const EVERY_MS = 10_000;
/** A page waits this long for a node; then it shows what was known. */
const WAIT_MS = 1_200;
/** A node that did not answer is left alone for so long. */
const SILENT_MS = 5_000;
/** The most rows of a section that are held and shown. */
const MOST_ROWS = 500;
/** What nobody has asked for in so long is forgotten. */
const FORGOTTEN_MS = 600_000;

interface Kept {
  /** Of the last response that had some to say, and how many rows of it are not held. */
  known: { readonly rows: readonly types.Row[]; readonly notHeld: number; readonly askedAt: string } | null;
  failure: Failure | null;
  askedMs: number | null;
  asking: Promise<void> | null;
}

interface Asked {
  readonly sections: Map<string, Kept>;
  /** By host id, until when it is left alone, and why. */
  readonly silent: Map<string, { readonly untilMs: number; readonly failure: Failure }>;
  sentMs: readonly number[];
}

const KEY = Symbol.for('ringside.node-sections');

/** By the client that a cluster keeps, as in ask-nodes.ts. */
function askedBy(client: Client): Asked {
  const global = globalThis as { [KEY]?: WeakMap<Client, Asked> };
  global[KEY] ??= new WeakMap();
  const asked = global[KEY].get(client) ?? { sections: new Map(), silent: new Map(), sentMs: [] };
  global[KEY].set(client, asked);
  return asked;
}

interface SectionRequest {
  /** Its host id or its address. */
  readonly node: string;
  readonly section: NodeSectionName;
  readonly literals?: boolean | undefined;
}

/**
 * One virtual table of one node. It is asked at most every ten seconds, whoever looks, and all nodes together at most
 * {@link DETAILS_PER_MINUTE} times a minute; in between, and while the node does not answer, what was known is shown.
 * @throws Failure `not_found` when the cluster has no such node
 */
export async function readNodeSection(cluster: Cluster, request: SectionRequest): Promise<NodeSection> {
  const client = await cluster.client();
  const hosts = client.hosts.values().map((one) => ({ hostId: String(one.hostId), node: one.address, host: one }));
  const host = nodeNamed(hosts, request.node)?.host;
  const asked = askedBy(client);
  if (host === undefined) throw noSuchNode(request.node);
  const nowMs = performance.now();
  forget(asked, nowMs);
  const kept = keptOf(asked, host, request.section);
  if (kept.asking === null && (kept.askedMs === null || nowMs - kept.askedMs >= EVERY_MS))
    begin(client, host, asked, kept, request.section);
  await Promise.race([kept.asking, pause(WAIT_MS)]);
  return toSection(kept, request, host);
}

function forget({ sections }: Asked, nowMs: number): void {
  for (const [key, { asking, askedMs }] of sections) {
    if (asking === null && nowMs - (askedMs ?? Number.NEGATIVE_INFINITY) > FORGOTTEN_MS) sections.delete(key);
  }
}

function keptOf({ sections }: Asked, { hostId }: Host, section: NodeSectionName): Kept {
  const key = `${hostId}/${section}`;
  const kept = sections.get(key) ?? { known: null, failure: null, askedMs: null, asking: null };
  sections.set(key, kept);
  return kept;
}

/** Asks, unless the node was silent a moment ago or the budget of this minute is used up. */
function begin(client: Client, host: Host, asked: Asked, kept: Kept, section: NodeSectionName): void {
  const nowMs = performance.now();
  const silence = asked.silent.get(String(host.hostId));
  if (silence !== undefined && silence.untilMs > nowMs) {
    kept.failure = silence.failure;
    return;
  }
  const { recent, mayAsk } = allowanceOf(asked.sentMs, nowMs);
  asked.sentMs = mayAsk ? [...recent, nowMs] : recent;
  if (!mayAsk) {
    kept.failure = tooMany();
    return;
  }
  kept.asking = ask(client, host, asked, kept, section).finally(() => {
    kept.asking = null;
  });
}

/** Never rejects: what went wrong is kept, and what was known stays. */
async function ask(client: Client, host: Host, asked: Asked, kept: Kept, section: NodeSectionName): Promise<void> {
  try {
    const rows = await readFromNode(client, host, SECTION_STATEMENTS[section].statement);
    kept.known = { ...heldOf(rows, section), askedAt: new Date().toISOString() };
    kept.failure = null;
    kept.askedMs = performance.now();
  } catch (error) {
    kept.failure = toFailure(error);
    if (readRefusal(kept.failure, SECTION_STATEMENTS[section].statement) === null) {
      asked.silent.set(String(host.hostId), { untilMs: performance.now() + SILENT_MS, failure: kept.failure });
    } else {
      kept.known = null;
      kept.askedMs = performance.now();
    }
  }
}

function heldOf(all: readonly types.Row[], section: NodeSectionName) {
  const { greatestFirst } = SECTION_STATEMENTS[section];
  const rows = (greatestFirst === undefined ? all : sorted(all, greatestFirst)).slice(0, MOST_ROWS);
  return { rows, notHeld: all.length - rows.length };
}

function toSection({ known, failure, asking }: Kept, request: SectionRequest, host: Host): NodeSection {
  const { statement, columns: wanted } = SECTION_STATEMENTS[request.section];
  const rows = known?.rows ?? [];
  const [first] = rows;
  const columns = first === undefined ? [] : wanted.filter((name) => first.keys().includes(name));
  return {
    ...(asking === null
      ? refusalOf(failure, request.section, host.cassandraVersion)
      : { outcome: 'no_answer', why: `The node has not answered within ${WAIT_MS / 1_000} s.`, grant: null }),
    statement,
    columns,
    rows: rows.map((row) => columns.map((name) => shownText(row, name, request))),
    notShown: known?.notHeld ?? 0,
    askedAt: known?.askedAt ?? null,
  };
}

function sorted(rows: readonly types.Row[], column: string): types.Row[] {
  const greatness = (row: types.Row) => Number(row.get(column) ?? 0);
  return [...rows].sort((a, b) => greatness(b) - greatness(a));
}

function shownText(row: types.Row, name: string, { section, literals }: SectionRequest): string | null {
  const text = textOf(row.get(name));
  if (text === null || SECTION_STATEMENTS[section].masked !== name || literals === true) return text;
  return maskedTask(text);
}

/** A bigint of the driver writes itself to the last digit. NaN stands for a share of nothing. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) || value instanceof Set) return [...value].map(textOf).join(', ');
  return String(value);
}

function noSuchNode(node: string): Failure {
  return new Failure({
    code: 'not_found',
    message: `The cluster has no node ${node}, or more than one with that address.`,
    hint: 'It may have left. The table of nodes lists those that are there.',
    retryable: false,
  });
}

function tooMany(): Failure {
  return new Failure({
    code: 'overloaded',
    message: `The nodes were asked ${DETAILS_PER_MINUTE} times within a minute, the most that is allowed. What is shown is older.`,
    retryable: true,
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
