import { runOneJob } from '@/lib/test-job-program';
import { copyKind } from './copy-kind';
import { copyWorkSchema } from './request';

await runOneJob(copyKind.name, copyWorkSchema);
