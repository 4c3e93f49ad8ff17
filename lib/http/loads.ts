import 'server-only';
import { join } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readLoadSettings } from '@/lib/config';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { LoadDryRunLine, LoadFrom, LoadPreview, LoadRequest } from '@/lib/contract/load';
import type { Principal } from '@/lib/contract/principal';
import { isActive } from '@/lib/contract/transfers';
import { exportKind } from '@/lib/export/export-kind';
import { invalidRequest } from '@/lib/failure';
import type { ServerJob } from '@/lib/jobs/server-job';
import { againOf } from '@/lib/load/again';
import { binderOf } from '@/lib/load/binder';
import type { LoadGiven } from '@/lib/load/decide';
import { DryRunLines } from '@/lib/load/dry-run-lines';
import { type FoundFiles, filesIn, filesOnServer, inputFile } from '@/lib/load/find-files';
import { FileInputs } from '@/lib/load/inputs';
import { loadKind } from '@/lib/load/load-kind';
import type { LoadAsked, previewLoad } from '@/lib/load/plan';
import { sourceFailure } from '@/lib/load/source-failure';
import { Uploads } from '@/lib/load/uploads';
import { changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob } from '@/lib/server-rights';
import type { RequestContext } from './route';

const KEY = Symbol.for('ringside.uploads');

/** The uploads of this server; the same for every instance of this module. */
export function serverUploads(): Uploads {
  const global = globalThis as { [KEY]?: Uploads };
  global[KEY] ??= new Uploads(serverJobs().directory, () => readLoadSettings().uploadBytes);
  return global[KEY];
}

/** Files, with what is known of how to load them: the failed records of a load as that load was asked. */
type Known = FoundFiles & Partial<Omit<LoadGiven, 'isExport'>>;
type Asking = Pick<RequestContext<Endpoint>, 'principal' | 'rights' | 'signal'>;
type Found = Known & Pick<LoadAsked, 'input'>;

/**
 * The files that a request names, if their sender may load them.
 * @throws Failure `not_found`, `invalid_request`; `forbidden` where what an export read may not be seen any more
 */
export async function findInput(
  { principal, rights }: Pick<Asking, 'principal' | 'rights'>,
  cluster: string,
  from: LoadFrom,
): Promise<Found> {
  if ('upload' in from) return uploaded(principal, from.upload);
  const found =
    'path' in from
      ? await filesOnServer(from.path)
      : await ofJob(await serverJobs().get(principal, from.job), cluster, rights);
  return { ...found, input: { from: 'files', files: [...found.files] } };
}

async function uploaded(principal: Principal, id: string): Promise<Found> {
  const { stored, received, path } = await serverUploads().get(principal, id);
  const { name, bytes } = stored;
  if (received < bytes) {
    throw invalidRequest(`Of ${name}, ${received} of ${bytes} bytes have arrived.`, 'Finish the upload first.');
  }
  return { files: [await inputFile(path, name)], isExport: false, input: { from: 'upload', id, name, bytes } };
}

async function ofJob(job: ServerJob, cluster: string, rights: PersonRights | null): Promise<Known> {
  const now = job.snapshot();
  if (isActive(now)) throw invalidRequest('That job is still running.', 'Wait until it has ended, or pause it first.');
  if (now.kind === exportKind.name) {
    // Its rows were read with the rights of then.
    await checkJob(job.order, rights);
    return filesIn(job.directory);
  }
  if (now.kind !== loadKind.name || now.cluster !== cluster) {
    throw invalidRequest(
      'That job has no rows to load into this cluster.',
      'Choose an export, or a load with failed records.',
    );
  }
  const names = now.parts.map(({ name }) => name).filter((name) => name.startsWith('failed'));
  if (names.length === 0) throw invalidRequest('No record of that load failed.');
  const files = await Promise.all(names.map((name) => inputFile(join(job.directory, name))));
  return { files, isExport: false, ...againOf(job.order.request) };
}

/** A preview as it is sent, with the request that repeats it. */
export function shownPreview(
  { decided, ...preview }: Awaited<ReturnType<typeof previewLoad>>,
  { keyspace, table, from }: Pick<LoadRequest, 'keyspace' | 'table' | 'from'>,
): LoadPreview {
  const { source, bind, options, problem } = decided;
  return { ...preview, request: problem === null ? { keyspace, table, from, source, bind, options } : null };
}

/**
 * The lines of a dry run.
 * @throws Failure `read_only`, `not_found`, `invalid_request`
 */
export async function dryRunLines(
  cluster: Cluster,
  { keyspace, table: name, from, source, bind }: LoadRequest,
  asking: Asking,
): Promise<AsyncGenerator<LoadDryRunLine, void>> {
  checkWritable(cluster);
  const { rights, signal } = asking;
  const table = await changedTable(cluster, await cluster.client(), { keyspace, table: name }, rights);
  const { files } = await findInput(asking, cluster.name, from);
  try {
    const binder = binderOf(table, source, bind);
    const inputs = new FileInputs(files, source);
    return new DryRunLines({ inputs, binder, columns: table.shape.columns, source, signal }).lines();
  } catch (error) {
    throw sourceFailure(error);
  }
}
