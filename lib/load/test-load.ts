import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { LoadOptions, LoadPreviewRequest } from '@/lib/contract/load';
import { loadPreviewRequestSchema } from '@/lib/contract/load';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type FoundFiles, inputFile } from './find-files';
import { FileInputs, type LoadInputs } from './inputs';
import type { LoadJobRequest } from './job-request';
import { type Loaded, runLoad } from './load-kind';
import { loadReviews, previewLoad } from './plan';

/** What tests of loads share: a reviewed request, and a run of it. */

export type Asked = Partial<Omit<LoadPreviewRequest, 'from' | 'keyspace' | 'table' | 'options'>> & {
  readonly options?: Partial<LoadOptions>;
};

export async function foundFiles(...paths: string[]): Promise<FoundFiles> {
  return { files: await Promise.all(paths.map((path) => inputFile(path))), isExport: false };
}

export async function previewed(cluster: Cluster, name: string, found: FoundFiles, asked: Asked = {}) {
  const [keyspace, table] = name.split('.');
  const { from: _from, ...given } = loadPreviewRequestSchema.parse({ keyspace, table, from: { path: '/' }, ...asked });
  const input = { from: 'files' as const, files: [...found.files] };
  return previewLoad(
    cluster,
    { ...given, ...found, input },
    { principal: ANONYMOUS, signal: new AbortController().signal },
  );
}

/** What a reviewed load runs. */
export async function reviewed(
  cluster: Cluster,
  name: string,
  found: FoundFiles,
  asked: Asked = {},
): Promise<LoadJobRequest> {
  const { token, confirmName, problem } = await previewed(cluster, name, found, asked);
  if (token === null) throw new Error(problem ?? 'no token');
  const taking = {
    principal: ANONYMOUS,
    cluster: cluster.name,
    confirmName: confirmName ?? undefined,
    nowMs: Date.now(),
  };
  return loadReviews.take({ ...taking, token }).request;
}

export function ran(
  cluster: Cluster,
  request: LoadJobRequest,
  directory: string,
  signal: AbortSignal = new AbortController().signal,
  inputs?: LoadInputs,
): Promise<Loaded> {
  const files = request.input.from === 'files' ? request.input.files : [];
  const open = () => Promise.resolve(inputs ?? new FileInputs(files, request.source));
  return runLoad(cluster, { request, owner: ANONYMOUS, directory, signal, watch: () => undefined, open });
}

/** A file with this text. @returns its path */
export async function textFile(directory: string, name: string, text: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}
