import 'server-only';
import { join, resolve } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { paceOf } from '@/lib/cassandra/nodes/ask-nodes';
import { readClusterFacts } from '@/lib/cassandra/nodes/cluster-facts';
import type { MuteRequest, NodeViews, Verdict } from '@/lib/contract/health';
import { readEnvironment } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { nodeViewsOf } from '@/lib/health/node-views';
import { type FirstSeen, findingsOf, seenSince, verdictOf } from '@/lib/health/verdict';
import { MuteFile } from './mute-file';

interface Kept {
  readonly mutes: MuteFile;
  /** When findings were first seen, by cluster. */
  readonly firstSeen: Map<string, FirstSeen>;
}

const KEY = Symbol.for('ringside.verdict');

/** This server's: one for all routes, which the bundler may give modules of their own. */
function kept(): Kept {
  const global = globalThis as { [KEY]?: Kept };
  global[KEY] ??= {
    mutes: new MuteFile(resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'mutes'))),
    firstSeen: new Map(),
  };
  return global[KEY];
}

/**
 * What to say of a cluster now.
 * @throws Failure when no node can be reached, or the mutes cannot be read
 */
export async function readVerdict(cluster: Cluster): Promise<Verdict> {
  const { mutes, firstSeen } = kept();
  const [facts, muted] = await Promise.all([readClusterFacts(cluster, { repairs: true }), mutes.list(cluster.name)]);
  const nowMs = performance.now();
  const found = findingsOf(facts);
  const seen = seenSince(found, firstSeen.get(cluster.name) ?? new Map(), nowMs);
  firstSeen.set(cluster.name, seen);
  return { ...verdictOf(facts, found, muted, seen, nowMs), pace: paceOf(await cluster.client()) };
}

/** @throws Failure when no node can be reached */
export async function readNodeViews(cluster: Cluster): Promise<NodeViews> {
  const facts = await readClusterFacts(cluster);
  return { ...nodeViewsOf(facts), pace: paceOf(await cluster.client()) };
}

/**
 * Hides a finding until a date, or until it gets worse.
 * @throws Failure `not_found` when the cluster has no such finding now
 */
export async function mute(cluster: Cluster, request: MuteRequest, by: string): Promise<Verdict> {
  const { findings, muted } = await readVerdict(cluster);
  const finding = [...findings, ...muted.map((one) => one.finding)].find(({ id }) => id === request.id);
  if (finding === undefined) throw gone();
  await kept().mutes.add(cluster.name, request, by, finding.severity);
  return readVerdict(cluster);
}

/** Shows a finding again. */
export async function unmute(cluster: Cluster, id: string): Promise<Verdict> {
  await kept().mutes.remove(cluster.name, id);
  return readVerdict(cluster);
}

function gone(): Failure {
  return new Failure({
    code: 'not_found',
    message: 'The cluster no longer has this finding.',
    hint: 'Nothing needs to be muted.',
    retryable: false,
  });
}
