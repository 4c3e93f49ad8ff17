import { runOneJob } from '@/lib/test-job-program';
import { loadJobRequestSchema } from './job-request';
import { loadKind } from './load-kind';

await runOneJob(loadKind.name, loadJobRequestSchema);
