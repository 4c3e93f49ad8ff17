import 'server-only';
import { join, resolve } from 'node:path';
import { getCluster } from './cassandra/client/registry';
import { readWebhooks } from './config';
import { readEnvironment } from './env';
import { history } from './history/history';
import { SYSTEM_CLOCK } from './schedules/clock';
import { Schedules } from './schedules/schedules';
import { serverJobs } from './server-jobs';
import { checkOwner } from './server-rights';

const KEY = Symbol.for('ringside.schedules');

/** The schedules of this server, in its data folder; the same for every instance of this module. */
export function serverSchedules(): Schedules {
  const global = globalThis as { [KEY]?: Schedules };
  global[KEY] ??= new Schedules({
    folder: resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'schedules')),
    jobs: serverJobs(),
    ground: { isReadOnly: (cluster) => getCluster(cluster).readOnly, checkOwner },
    webhooks: readWebhooks(),
    clock: SYSTEM_CLOCK,
    record: (cluster, entry) => history().append(cluster, entry),
  });
  return global[KEY];
}
