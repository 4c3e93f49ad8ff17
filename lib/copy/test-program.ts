import { ANONYMOUS } from '@/lib/contract/principal';
import { serverJobs } from '@/lib/server-jobs';
import { copyKind } from './copy-kind';
import { copyWorkSchema } from './request';

/**
 * A Ringside that only runs jobs, for tests that kill it: starts the copy in `REQUEST` (JSON) if there is none, and prints its
 * state and rows until it no longer runs.
 */
const manager = serverJobs();
if ((await manager.list(ANONYMOUS)).length === 0) {
  const request = copyWorkSchema.parse(JSON.parse(process.argv[2] ?? ''));
  await manager.create(ANONYMOUS, { kind: copyKind.name, cluster: 'test', request });
}
for (;;) {
  const [job] = await manager.list(ANONYMOUS);
  console.log(`${job?.state} ${job?.rows} ${job?.error?.message ?? ''}`);
  if (job?.state !== 'running' && job?.state !== 'waiting') break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.exit(0);
