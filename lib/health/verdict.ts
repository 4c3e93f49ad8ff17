import { lackOf } from '@/lib/cluster/system-tables';
import type { Finding, Mute, SilentNode, UnknownFact, Verdict } from '@/lib/contract/health';
import { formatElapsed } from '@/lib/text/format';
import { type ClusterFacts, type FactName, type NodeReads, rowsOf, TABLE_FACTS } from './facts';
import type { Rule } from './finding';
import { grantSelect } from './grant';
import { unsampledIndexes } from './index-values';
import { unknownRepairs } from './repairs';
import * as indexes from './rules/indexes';
import * as nodes from './rules/nodes';
import * as repairs from './rules/repairs';
import * as replication from './rules/replication';
import { settingsDiffer } from './rules/settings';
import * as tables from './rules/tables';
import * as work from './rules/work';

const RULES: readonly Rule[] = [
  ...Object.values(nodes),
  ...Object.values(replication),
  settingsDiffer,
  ...Object.values(work),
  ...Object.values(tables),
  ...Object.values(repairs),
  ...Object.values(indexes),
];

const WORST_FIRST: readonly Finding['severity'][] = ['danger', 'warn', 'notice'];

/** All findings, the worst first. */
export function findingsOf(facts: ClusterFacts): Finding[] {
  return RULES.flatMap((rule) => rule(facts)).sort(
    (a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
  );
}

/** What passes by itself within seconds is a finding only when it lasts this long. */
const SETTLE_MS: ReadonlyMap<string, number> = new Map([
  ['state_disagreement', 30_000],
  ['schema_disagreement', 30_000],
  ['release_mix', 30_000],
]);

/** When each finding was first seen, by its id; it is forgotten when it goes. */
export type FirstSeen = ReadonlyMap<string, number>;

export function seenSince(findings: readonly Finding[], before: FirstSeen, nowMs: number): Map<string, number> {
  return new Map(findings.map(({ id }) => [id, before.get(id) ?? nowMs]));
}

/** More findings than these are counted, not sent. */
const MOST_FINDINGS = 200;

/**
 * What to say of the cluster: findings that have lasted, without those that are muted, and what is not known.
 * @param mutes those that have not ended
 */
export function verdictOf(
  facts: ClusterFacts,
  found: readonly Finding[],
  mutes: readonly Mute[],
  firstSeen: FirstSeen,
  nowMs: number,
): Omit<Verdict, 'pace'> {
  const isSettling = ({ id, kind }: Finding) => nowMs - (firstSeen.get(id) ?? nowMs) < (SETTLE_MS.get(kind) ?? 0);
  const settled = found.filter((one) => !isSettling(one));
  const muteOf = (one: Finding) => mutes.find((mute) => mute.id === one.id && !isWorse(one, mute));
  const open = settled.filter((one) => muteOf(one) === undefined);
  return {
    findings: open.slice(0, MOST_FINDINGS),
    muted: settled.flatMap((one) => {
      const mute = muteOf(one);
      return mute === undefined ? [] : [{ finding: one, mute }];
    }),
    notShown: Math.max(0, open.length - MOST_FINDINGS),
    unknown: [
      ...unknownOf(facts),
      ...unknownRepairs(facts),
      ...unsampledIndexes(facts),
      ...found.filter(isSettling).map(settling),
    ],
    silent: silentOf(facts),
    nodes: facts.nodes.length,
    asOf: facts.asOf,
  };
}

function isWorse({ severity }: Finding, mute: Mute): boolean {
  return WORST_FIRST.indexOf(severity) < WORST_FIRST.indexOf(mute.severity);
}

function settling({ kind, title }: Finding): UnknownFact {
  const wait = formatElapsed(SETTLE_MS.get(kind) ?? 0);
  return { what: title, why: `It may pass: it is a finding when it lasts ${wait}.`, nodes: [], grant: null };
}

export function silentOf({ nodes: all }: ClusterFacts): SilentNode[] {
  return all.flatMap(({ node, silence }) =>
    silence === null ? [] : [{ node, lastAnswerAt: silence.lastAnswerAt, reason: silence.reason }],
  );
}

/** What each fact is needed for. */
const ABOUT: { readonly [name in FactName]: string } = {
  local: 'Release, schema version and clock of nodes',
  gossip: 'What nodes say of each other’s state',
  peers: 'What nodes know of each other',
  pools: 'Blocked stages, and compactions that wait',
  outbound: 'Messages between nodes that were not sent',
  queries: 'Queries that run for long',
  hints: 'Hints that wait',
  clients: 'Clients: their protocol, encryption and spread',
  caches: 'Caches that are off',
  largest: 'Large partitions',
  disk: 'Size on disk',
  tombstones: 'Tombstones per read',
  snapshots: 'Snapshots that hold space',
  settings: 'Settings that differ, and whether logins are checked',
  estimates: 'Partitions and their mean size',
  localReads: 'Latency and rate of reads',
  localWrites: 'Latency and rate of writes',
  builtIndexes: 'Which indexes are built',
  saiIndexes: 'States of SAI indexes',
  repairs: 'Incremental repairs',
  tasks: 'Compactions that run',
};

const ON_DEMAND: ReadonlySet<FactName> = new Set(
  TABLE_FACTS.filter((name) => name !== 'tombstones' && name !== 'disk'),
);

/**
 * What could not be read, by fact and reason; what a silent node alone knows is said of that node.
 * @param names by default all that the verdict needs
 */
export function unknownOf(
  facts: ClusterFacts,
  names: readonly FactName[] = namesOf().filter((name) => !ON_DEMAND.has(name)),
): UnknownFact[] {
  const gaps = new Map<string, UnknownFact>();
  const answering = facts.nodes.filter(({ silence }) => silence === null);
  for (const name of names) {
    for (const { node, reads, hostId } of answering) {
      const gap = gapOf(name, reads, releaseOf(facts, hostId));
      if (gap === null) continue;
      const key = `${name}/${gap.why}`;
      gaps.set(key, { ...gap, nodes: [...(gaps.get(key)?.nodes ?? []), node] });
    }
  }
  const schema = facts.schemaFailure;
  const ring = schema === null ? [] : [{ what: 'Replication and tables', why: schema, nodes: [], grant: null }];
  return [...ring, ...gaps.values()];
}

function namesOf(): FactName[] {
  return Object.keys(ABOUT).filter((name): name is FactName => Object.hasOwn(ABOUT, name));
}

function releaseOf({ nodes: all }: ClusterFacts, hostId: string): string | null {
  const node = all.find((one) => one.hostId === hostId);
  return (node === undefined ? undefined : rowsOf(node, 'local')?.rows[0]?.release) ?? null;
}

function gapOf(name: FactName, reads: NodeReads, release: string | null): Omit<UnknownFact, 'nodes'> | null {
  const read = reads[name];
  const what = ABOUT[name];
  switch (read?.outcome) {
    case undefined:
      return { what, why: 'It has not been read yet.', grant: null };
    case 'rows':
    case 'no_answer':
      return null;
    case 'no_such_table': {
      const table = tableIn(read.statement);
      const why = lackOf(table, release) ?? `Cassandra ${release ?? 'of this node'} has no ${table}.`;
      return { what, why, grant: null };
    }
    case 'not_permitted': {
      const [keyspace = ''] = tableIn(read.statement).split('.');
      return { what, why: read.reason, grant: grantSelect(keyspace, read.role) };
    }
    default:
      return read satisfies never;
  }
}

function tableIn(statement: string): string {
  return / FROM (\S+)/.exec(statement)?.[1] ?? statement;
}
