import 'server-only';
import { join, resolve } from 'node:path';
import { getCluster } from './cassandra/client/registry';
import { readWebhooks } from './config';
import type { Asker } from './contract/asker';
import { readEnvironment } from './env';
import { history } from './history/history';
import type { Granted } from './rights/granted';
import type { Order } from './rights/order-needs';
import { SYSTEM_CLOCK } from './schedules/clock';
import { Schedules } from './schedules/schedules';
import { checkHeldOrder } from './server-approvals';
import { serverJobs } from './server-jobs';
import { checkOwner } from './server-rights';

const KEY = Symbol.for('ringside.schedules');

/** The schedules of this server, in its data folder; the same for every instance of this module. */
export function serverSchedules(): Schedules {
  const global = globalThis as { [KEY]?: Schedules };
  global[KEY] ??= new Schedules({
    folder: resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'schedules')),
    jobs: serverJobs(),
    ground: { isReadOnly: (cluster) => getCluster(cluster).readOnly, checkOwner: checkUnattended },
    webhooks: () => readWebhooks(),
    clock: SYSTEM_CLOCK,
    record: (cluster, entry) => history().append(cluster, entry),
  });
  return global[KEY];
}

/** Nobody is there who could ask a second person. @returns and throws as `checkOwner`; Failure `approval_required` */
async function checkUnattended(order: Order, owner: Asker | undefined): Promise<Granted | undefined> {
  const granted = await checkOwner(order, owner);
  checkHeldOrder(order, null, {
    message:
      'a schedule cannot change a cluster that wants a second person, because nobody could look at each of its runs.',
    hint: 'Ask for approval of each load or copy.',
  });
  return granted;
}
