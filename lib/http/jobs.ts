import 'server-only';
import { changeKind } from '@/lib/change-many/change-kind';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { copyKind } from '@/lib/copy/copy-kind';
import type { EarlierCopy } from '@/lib/copy/plan';
import { copyWorkSchema } from '@/lib/copy/request';
import { Failure, invalidRequest } from '@/lib/failure';
import type { Order } from '@/lib/jobs/job-manager';
import type { ServerJob } from '@/lib/jobs/server-job';
import { MANIFEST_FILE } from '@/lib/jobs/work-state';
import { openRegularIn } from '@/lib/regular-file';
import type { PersonRights } from '@/lib/rights/rules';
import { withheldFrom } from '@/lib/rights/withheld';
import { checkHeldOrder } from '@/lib/server-approvals';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob, checkOrder, grantedTo } from '@/lib/server-rights';
import { contentType } from '@/lib/wire/row-writer';
import { contentDisposition } from './file-stream';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './to-stream';

const CHUNK_BYTES = 256 * 1024;

/** A job without what must not leave the server. */
export function publicJob(job: Job): Job {
  return job.error === null ? job : { ...job, error: publicError(job.error) };
}

/** A job as its person sees it, with what they lack by now to go on with it. */
export function shownJob(job: Pick<ServerJob, 'snapshot' | 'order'>, rights: PersonRights | null): Job {
  return withRights(job.snapshot(), job, rights);
}

function withRights(now: Job, { order }: Pick<ServerJob, 'order'>, rights: PersonRights | null): Job {
  const withheld = withheldFrom(rights, order);
  return { ...publicJob(now), ...(withheld === null ? {} : { withheld }) };
}

type Asking = Pick<RequestContext<Endpoint>, 'principal' | 'rights'>;

/**
 * Starts a job for whoever may do what it does.
 * @throws Failure `forbidden`, `approval_required`; when it could not run
 */
export async function startJob({ principal, rights }: Asking, order: Order): Promise<Job> {
  await checkOrder(order, rights);
  checkHeldOrder(order, principal);
  return publicJob(await serverJobs().create(principal, { ...order, granted: grantedTo(principal.asker, rights) }));
}

/**
 * Before somebody resumes a job or changes its rate. What was approved goes on without another approval.
 * @throws Failure `forbidden`, `approval_required`
 */
export async function checkResumed(job: ServerJob, { principal, rights }: Asking): Promise<void> {
  await checkJob(job.order, rights);
  if (job.approval === undefined) checkHeldOrder(job.order, principal, STARTED_WITHOUT);
}

const STARTED_WITHOUT = {
  message: 'this job was started without a second person, which its cluster wants now.',
  hint: 'Start it again and ask for approval, or take an emergency pass on the page Approvals.',
};

/**
 * The directory of a job whose rows are changed again.
 * @throws Failure `invalid_request` while it runs, and for a job of another kind or cluster
 */
export function earlierJob(job: ServerJob, cluster: string, take: 'undo' | 'failed') {
  checkEarlier(job, changeKind.name, cluster, 'That job changed no rows of this cluster.');
  return { directory: job.directory, take };
}

/**
 * A job whose failed rows are copied again.
 * @throws Failure `invalid_request` while it runs, and for a job of another kind or cluster
 */
export function earlierCopy(job: ServerJob, cluster: string): EarlierCopy {
  checkEarlier(job, copyKind.name, cluster, 'That job copied no rows of this cluster.');
  return { directory: job.directory, did: copyWorkSchema.parse(job.order.request) };
}

function checkEarlier(job: ServerJob, kind: string, cluster: string, otherwise: string): void {
  const now = job.snapshot();
  if (now.kind !== kind || now.cluster !== cluster) throw invalidRequest(otherwise);
  if (isActive(now)) throw invalidRequest('That job is still running.', 'Wait until it has ended, or pause it first.');
}

/** A job as NDJSON: a line several times a second while it waits or runs, and one more when it has stopped. */
export function jobProgressResponse(job: ServerJob, rights: PersonRights | null, signal: AbortSignal): Response {
  return new Response(
    toStream(progressLines(job, rights, signal), () => undefined),
    { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE } },
  );
}

async function* progressLines(
  job: ServerJob,
  rights: PersonRights | null,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const now of job.watch(signal)) {
    yield encoder.encode(`${JSON.stringify(withRights(now, job, rights))}\n`);
  }
}

/**
 * One of a job's files, whole. It is open from the first chunk taken to the last, a failure, or the reader's leaving; a
 * response that nobody reads keeps no file open.
 * @throws Failure `not_found`, even if anything but a plain file has its name; `invalid_request` while it is
 *   being written
 */
export async function jobPartResponse(job: Pick<ServerJob, 'snapshot' | 'directory'>, name: string): Promise<Response> {
  const { parts, title, format, compression, state } = job.snapshot();
  // Only names from the job's own list ever become part of a path.
  const part = parts.find((known) => known.name === name);
  const isManifest = name === MANIFEST_FILE;
  if (part === undefined && !isManifest) throw missing(name);
  if (part?.sha256 === null || (isManifest && isActive({ state }))) {
    throw invalidRequest(`${name} is still being written.`, 'Wait until this part or the whole job is complete.');
  }
  const type = isManifest
    ? 'application/json'
    : format === undefined
      ? 'application/octet-stream'
      : contentType(format, compression);
  const { directory } = job;
  const file = await openRegularIn(directory, name).catch(() => {
    throw missing(name);
  });
  await file.close();
  const fileName = `${title.replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 80)}.${name}`;
  return new Response(
    toStream(fileChunks(directory, name), () => undefined),
    {
      headers: {
        'content-type': type,
        'content-disposition': contentDisposition(fileName),
        'cache-control': NO_STORE,
      },
    },
  );
}

async function* fileChunks(directory: string, name: string): AsyncGenerator<Uint8Array> {
  const file = await openRegularIn(directory, name);
  try {
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function missing(name: string): Failure {
  return new Failure({ code: 'not_found', message: `This job has no file named ${name}.`, retryable: false });
}
