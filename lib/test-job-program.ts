import { z } from 'zod';
import { ANONYMOUS } from './contract/principal';
import { serverJobs } from './server-jobs';

/**
 * A Ringside that only runs jobs, for tests that kill it: starts the work in the first argument (JSON) if there is none,
 * resumes one that has failed, and prints state, rows and what went wrong until it no longer runs.
 */
export async function runOneJob(kind: string, schema: z.core.$ZodType): Promise<never> {
  const manager = serverJobs();
  const [before] = await manager.list(ANONYMOUS);
  if (before === undefined) {
    const request = z.parse(schema, JSON.parse(process.argv[2] ?? ''));
    await manager.create(ANONYMOUS, { kind, cluster: 'test', request });
  } else if (before.state === 'failed') await manager.act(ANONYMOUS, before.id, 'resume');
  for (;;) {
    const [job] = await manager.list(ANONYMOUS);
    console.log(`${job?.state} ${job?.rows} ${job?.error?.code ?? ''}`);
    if (job?.state !== 'running' && job?.state !== 'waiting') break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.exit(0);
}
