import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { LivePoll } from './live-poll';

const KEY = Symbol.for('ringside.live');

/** The poll of a cluster: one for all routes and viewers, which the bundler may give modules of their own. */
export function livePoll(cluster: Cluster): LivePoll {
  const global = globalThis as { [KEY]?: Map<string, LivePoll> };
  global[KEY] ??= new Map();
  const known = global[KEY].get(cluster.name);
  if (known?.cluster.sharesConnectionsWith(cluster)) return known;
  // The configuration has changed: its nodes may be others.
  known?.end();
  const poll = new LivePoll(cluster);
  global[KEY].set(cluster.name, poll);
  return poll;
}
