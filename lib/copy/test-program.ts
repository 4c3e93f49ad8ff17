import { ANONYMOUS } from '@/lib/contract/principal';
import { serverJobs } from '@/lib/server-jobs';
import { copyKind } from './copy-kind';
import { copyWorkSchema } from './request';

/**
 * A Ringside that only runs jobs, for tests that kill it: starts the copy in the first argument (JSON) if there is none,
 * resumes one that has failed, and prints state, rows and what went wrong until it no longer runs.
 */
const manager = serverJobs();
const [before] = await manager.list(ANONYMOUS);
if (before === undefined) {
  const request = copyWorkSchema.parse(JSON.parse(process.argv[2] ?? ''));
  await manager.create(ANONYMOUS, { kind: copyKind.name, cluster: 'test', request });
} else if (before.state === 'failed') await manager.act(ANONYMOUS, before.id, 'resume');
for (;;) {
  const [job] = await manager.list(ANONYMOUS);
  console.log(`${job?.state} ${job?.rows} ${job?.error?.code ?? ''}`);
  if (job?.state !== 'running' && job?.state !== 'waiting') break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.exit(0);
