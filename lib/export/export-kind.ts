import 'server-only';
import { join } from 'node:path';
import { clusterFor } from '@/lib/cassandra/client/registry';
import { exportRequestSchema } from '@/lib/contract/reads';
import { invalidRequest } from '@/lib/failure';
import type { JobKind, JobPlan, JobRun, PlannedBy } from '@/lib/jobs/job-kind';
import { readStanding } from '@/lib/jobs/work-directory';
import { openScan, progressBefore } from '@/lib/scan/scan';
import { aboutExport } from './about';
import { exportFailure } from './failures';
import { maskedSource, type ParsedExportRequest, planExport } from './source';
import { partHost } from './threads';
import { PartsWriter } from './write-parts';

/** Made by `npm start`, `npm run dev` and `npm run build` (scripts/support/export-thread.mjs); part of the image. */
const THREAD_PROGRAM = join('.ringside', 'export-thread', 'program.mjs');

/** An export as a job: part files in the job's directory. */
export const exportKind: JobKind<ParsedExportRequest> = {
  name: 'export',
  repeats: 'reads',
  requestSchema: exportRequestSchema,
  plan,
  run,
  standing: readStanding,
};

async function plan(
  name: string,
  { id: _id, resume, ...request }: ParsedExportRequest,
  { owner, rights }: PlannedBy,
): Promise<JobPlan<ParsedExportRequest>> {
  if (resume !== undefined) throw invalidRequest('A job cannot resume a download: it keeps its own checkpoint.');
  const { plan, title } = maskedSource(await planExport(clusterFor(name, owner), request), rights);
  const { format, compression = 'none' } = request;
  const { shown: statement, consistency } = plan;
  return { description: { title, statement, consistency, format, compression }, request };
}

async function run({
  cluster: name,
  request,
  owner,
  granted,
  directory,
  signal,
  watch,
}: JobRun<ParsedExportRequest>): Promise<void> {
  const { compression = 'none', limits } = request;
  try {
    const cluster = clusterFor(name, owner);
    const source = maskedSource(await planExport(cluster, request), granted?.rights ?? null);
    const about = await aboutExport(cluster, source);
    const reader = cluster.reads.reader();
    const writer = new PartsWriter({
      directory,
      format: source.format,
      compression,
      about,
      host: await partHost(cluster, source, 'auto', join(/* turbopackIgnore: true */ process.cwd(), THREAD_PROGRAM)),
      open: (resume, stop) => openScan({ ...source.plan, reader }, { principal: owner, limits, resume }, stop),
    });
    watch(() => {
      const progress = writer.progress();
      return { ...progress, scan: progress.scan ?? progressBefore(reader) };
    });
    // However it ends, it no longer waits for other reads.
    await writer.run(signal).finally(() => watch(() => writer.progress()));
  } catch (error) {
    throw exportFailure(error);
  }
}
