import { ANONYMOUS } from '@/lib/contract/principal';
import { exportRequestSchema } from '@/lib/contract/reads';
import { serverJobs } from '@/lib/server-jobs';

/**
 * A Ringside that only runs jobs, for tests that kill it: starts the job in `REQUEST` (JSON) if there is none, and prints
 * its state and rows until it no longer runs.
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
