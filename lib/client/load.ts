import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { loadDryRun, loadFiles, loadPreview, loadStart, loadUpload, loadUploads } from '@/lib/contract/endpoints/load';
import type { Job } from '@/lib/contract/jobs';
import { jsonText } from '@/lib/contract/json';
import type { LoadDryRunLine, LoadPreviewRequest, LoadRequest, Upload } from '@/lib/contract/load';
import { call, send } from './http';
import { readLines } from './lines';

/** The requests of the page that loads files: the table of endpoints of every page has none of them. */

/** Bytes of a file that are sent together: few enough that what is lost with a connection is soon sent again. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Sends a file in pieces, from where an upload of it stands. Nothing of the file is kept in memory.
 * @param from the upload that goes on; null: another one begins
 * @param onSent what has arrived, after each piece
 * @throws ApiFailure when a piece is refused or does not arrive; what has arrived before stays on the server
 */
export async function uploadFile(
  cluster: string,
  file: File,
  from: Upload | null,
  onSent: (upload: Upload) => void,
  signal: AbortSignal,
): Promise<Upload> {
  const begun = from === null ? await begin(cluster, file, signal) : await standing(cluster, from, signal);
  let upload = begun;
  onSent(upload);
  while (upload.received < file.size) {
    const at = upload.received;
    const bytes = file.slice(at, at + PIECE_BYTES);
    upload = await call(() => loadUpload.post, { cluster, id: upload.id, input: { at } }, { signal, bytes });
    onSent(upload);
  }
  return upload;
}

function begin(cluster: string, file: File, signal: AbortSignal): Promise<Upload> {
  return call(() => loadUploads.post, { cluster, input: { name: file.name, bytes: file.size } }, { signal });
}

/** A piece may have arrived whose answer did not. */
async function standing(cluster: string, upload: Upload, signal: AbortSignal): Promise<Upload> {
  const { uploads } = await call(() => loadUploads.get, { cluster }, { signal });
  return uploads.find(({ id }) => id === upload.id) ?? upload;
}

export async function removeUpload(cluster: string, id: string): Promise<void> {
  await send(() => loadUpload.delete, { cluster, id });
}

/** What the first records of a file become. Nothing is written. @param request null: nothing is chosen yet */
export const loadPreviewQuery = (cluster: string, request: LoadPreviewRequest | null) =>
  queryOptions({
    queryKey: ['load-preview', cluster, request === null ? null : jsonText(request)],
    queryFn:
      request === null
        ? skipToken
        : ({ signal }) => call(() => loadPreview.post, { cluster, input: request }, { signal }),
    // Its token is for one load, soon.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });

/** The files of a directory on the server. @param path null: the directories that may be read */
export const loadFilesQuery = (cluster: string, path: string | null) =>
  queryOptions({
    queryKey: ['load-files', cluster, path],
    queryFn: ({ signal }) => call(() => loadFiles.get, { cluster, input: path === null ? {} : { path } }, { signal }),
    retry: false,
  });

/** Reads all of the input and writes nothing: problems and counts as they are found, then one end. */
export function readDry(
  cluster: string,
  input: LoadRequest,
  signal: AbortSignal,
): AsyncGenerator<LoadDryRunLine, void, undefined> {
  return readLines(() => loadDryRun.post, { cluster, input }, signal);
}

/** Makes a job of what a preview showed. It runs on when this page is closed. */
export function startLoad(cluster: string, input: { token: string; confirmName?: string }): Promise<Job> {
  return call(() => loadStart.post, { cluster, input });
}
