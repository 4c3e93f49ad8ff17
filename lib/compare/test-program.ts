import { runOneJob } from '@/lib/test-job-program';
import { compareKind } from './compare-kind';

await runOneJob(compareKind.name, compareKind.requestSchema);
