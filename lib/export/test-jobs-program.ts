import { ANONYMOUS } from '@/lib/contract/principal';
import { exportRequestSchema } from '@/lib/contract/reads';
import { serverJobs } from '@/lib/server-jobs';

/**
 * A Ringside that does nothing but its jobs, to be killed: begins the one that `REQUEST` (JSON) asks for when there is
 * none, and prints its state and rows until it stands still.
 */
const manager = serverJobs();
if ((await manager.list(ANONYMOUS)).length === 0) {
  const request = exportRequestSchema.parse(JSON.parse(process.argv[2] ?? ''));
  await manager.create(ANONYMOUS, { kind: 'export', cluster: 'test', request });
}
for (;;) {
  const [job] = await manager.list(ANONYMOUS);
  console.log(`${job?.state} ${job?.rows}`);
  if (job?.state !== 'running' && job?.state !== 'waiting') break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.exit(0);
