import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../scripts/support/problem.mjs';

/** A transfer that is silent for this long is aborted and resumed. */
const STALL_MS = 30_000;
const TRIES = 4;
/** Before the second try; doubles before each further one. */
const FIRST_PAUSE_MS = 500;

/**
 * @typedef {object} Download
 * @property {string} url
 * @property {string} path where the file goes; until it is complete and verified it is at `path` + ".part"
 * @property {number} bytes
 * @property {string} sha256 in hexadecimal
 */

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} the SHA-256 of the file, undefined when there is none
 */
async function sha256Of(path) {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** @param {string} path */
async function sizeOf(path) {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** The file arrived complete, but is not the one in the lock. */
class WrongContent extends Error {}

/**
 * One request: continues the existing part and appends what arrives.
 * @param {Download} download
 * @param {(bytes: number) => void} onBytes bytes that arrived (negative when a part was discarded)
 * @param {AbortSignal | undefined} signal
 */
async function transfer({ url, path, bytes }, onBytes, signal) {
  const part = `${path}.part`;
  let have = await sizeOf(part);
  if (have >= bytes) {
    await rm(part, { force: true });
    have = 0;
  }
  const stalled = new AbortController();
  const stop = signal === undefined ? stalled.signal : AbortSignal.any([stalled.signal, signal]);
  const stall = () => stalled.abort(new Error(`no data for ${STALL_MS / 1000} s`));
  const timer = setTimeout(stall, STALL_MS);
  try {
    const response = await fetch(url, { signal: stop, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    // A server without range support sends the whole file again.
    const resumed = response.status === 206;
    if (resumed) onBytes(have);
    const reader = response.body.getReader();
    const chunks = async function* () {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        timer.refresh();
        onBytes(next.value.length);
        yield next.value;
      }
    };
    await pipeline(chunks, createWriteStream(part, { flags: resumed ? 'a' : 'w' }), { signal: stop });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Download} download
 * @param {(bytes: number) => void} onBytes
 * @param {AbortSignal | undefined} signal
 */
async function tryOnce(download, onBytes, signal) {
  let arrived = 0;
  try {
    await transfer(
      download,
      (bytes) => {
        arrived += bytes;
        onBytes(bytes);
      },
      signal,
    );
    const part = `${download.path}.part`;
    const found = await sha256Of(part);
    if (found !== download.sha256) {
      await rm(part, { force: true });
      throw new WrongContent(`its SHA-256 is ${found}, expected ${download.sha256}`);
    }
    await rename(part, download.path);
  } catch (error) {
    onBytes(-arrived);
    throw error;
  }
}

/**
 * Downloads one file unless a correct copy exists. Interrupted transfers resume where they stopped, even in a later
 * process; the file gets its name only after its SHA-256 has been verified.
 * @param {Download} download
 * @param {{ onBytes?: (bytes: number) => void, signal?: AbortSignal | undefined, firstPauseMs?: number }} [options]
 * @returns {Promise<void>}
 * @throws {Problem} when the download fails, or the file is not the one in the lock
 */
export async function fetchFile(download, { onBytes = () => {}, signal, firstPauseMs = FIRST_PAUSE_MS } = {}) {
  if ((await sizeOf(download.path)) === download.bytes && (await sha256Of(download.path)) === download.sha256) {
    onBytes(download.bytes);
    return;
  }
  await mkdir(dirname(download.path), { recursive: true });
  /** @type {unknown} */
  let last;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await delay(firstPauseMs * 2 ** (attempt - 1), undefined, signal === undefined ? {} : { signal });
    try {
      return await tryOnce(download, onBytes, signal);
    } catch (error) {
      signal?.throwIfAborted();
      last = error;
    }
  }
  const name = basename(download.path);
  throw last instanceof WrongContent
    ? new Problem(
        `${name} was downloaded ${TRIES} times and never matched its checksum.`,
        `Something on the way from ${new URL(download.url).host} changes files (a proxy, a mirror). Try another network, or set RINGSIDE_MAVEN_REPOSITORY to a repository that you trust.`,
        { cause: last },
      )
    : new Problem(
        `${name} could not be downloaded from ${new URL(download.url).host}.`,
        'Check the network and run the command again; it will resume the download.\nBehind a proxy, set RINGSIDE_MAVEN_REPOSITORY to a Maven repository that can be reached.',
        { cause: last },
      );
}

/**
 * Downloads several files in parallel.
 * @param {readonly Download[]} downloads
 * @param {{ parallel?: number, firstPauseMs?: number, onProgress?: (doneBytes: number, totalBytes: number) => void }} [options]
 */
export async function fetchFiles(
  downloads,
  { parallel = 8, firstPauseMs = FIRST_PAUSE_MS, onProgress = () => {} } = {},
) {
  const total = downloads.reduce((sum, download) => sum + download.bytes, 0);
  const waiting = [...downloads];
  const failed = new AbortController();
  let done = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await fetchFile(next, {
        signal: failed.signal,
        firstPauseMs,
        onBytes: (bytes) => {
          done += bytes;
          onProgress(done, total);
        },
      });
    }
  };
  const workers = Array.from({ length: parallel }, () =>
    worker().catch((error) => {
      // The first failure aborts the others, so their errors are only echoes of it.
      if (!failed.signal.aborted) failed.abort(error);
    }),
  );
  await Promise.all(workers);
  failed.signal.throwIfAborted();
}
