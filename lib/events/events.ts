import 'server-only';
import { join, resolve } from 'node:path';
import { clusterEventSchema } from '@/lib/contract/events';
import { readEnvironment } from '@/lib/env';
import { LineLog } from '@/lib/line-log';
import { ClusterWatch } from './cluster-watch';
import { LastSeen } from './last-seen';

/** One watch a cluster for all routes, which the bundler may give modules of their own. */
const KEY = Symbol.for('ringside.events');

/** What happens to a cluster, by its name in the configuration. */
export function clusterEvents(cluster: string): ClusterWatch {
  const global = globalThis as { [KEY]?: Map<string, ClusterWatch> };
  global[KEY] ??= new Map();
  const watch = global[KEY].get(cluster) ?? newWatch(cluster);
  global[KEY].set(cluster, watch);
  return watch;
}

function newWatch(cluster: string): ClusterWatch {
  const directory = resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'events'));
  return new ClusterWatch(cluster, new LineLog(directory, clusterEventSchema, 'Events'), new LastSeen(directory));
}
