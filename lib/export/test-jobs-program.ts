import { getCluster } from '@/lib/cassandra/client/registry';
import { exportRequestSchema } from '@/lib/contract/reads';
import { exportJobs } from './jobs';

/**
 * A Ringside that does nothing but its jobs, to be killed: begins the one that `REQUEST` (JSON) asks for when there is
 * none, and prints its state and rows until it stands still.
 */
const manager = exportJobs();
if ((await manager.list()).length === 0) {
  const request = exportRequestSchema.parse(JSON.parse(process.argv[2] ?? ''));
  await manager.create(getCluster('test'), request);
}
for (;;) {
  const [job] = await manager.list();
  console.log(`${job?.state} ${job?.rows}`);
  if (job?.state !== 'running' && job?.state !== 'waiting') break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.exit(0);
