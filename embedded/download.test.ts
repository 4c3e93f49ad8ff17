import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../scripts/support/problem.mjs';
import { fetchFile, fetchFiles } from './download.mjs';

const CONTENT = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

/** No pause between tries. */
const QUICK = { firstPauseMs: 0 };

let directory: string;
let server: Server;
let requests: IncomingMessage[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringside-download-'));
  requests = [];
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Serves with `answer` and describes the download of it. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const path = join(directory, 'a.jar');
  return { url: `http://127.0.0.1:${port}/a.jar`, path, bytes: CONTENT.length, sha256: SHA256 };
}

/** Answers like a repository: the whole file, or from the requested offset. */
function whole(request: IncomingMessage, response: ServerResponse): void {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  response.writeHead(from === undefined ? 200 : 206).end(CONTENT.subarray(Number(from ?? 0)));
}

describe('fetching a file', () => {
  it('downloads it, leaves no part behind and sends no request the second time', async () => {
    const download = await serving(whole);
    await fetchFile(download, QUICK);
    await fetchFile(download, QUICK);
    expect(await readFile(download.path)).toEqual(CONTENT);
    await expect(stat(`${download.path}.part`)).rejects.toThrow();
    expect(requests).toHaveLength(1);
  });

  it('resumes where an earlier process stopped', async () => {
    const download = await serving(whole);
    await writeFile(`${download.path}.part`, CONTENT.subarray(0, 20_000));
    let bytes = 0;
    await fetchFile(download, { ...QUICK, onBytes: (count) => (bytes += count) });
    expect(requests.map((request) => request.headers.range)).toEqual(['bytes=20000-']);
    expect(await readFile(download.path)).toEqual(CONTENT);
    expect(bytes).toBe(CONTENT.length);
  });

  it('resumes where a connection broke', async () => {
    const download = await serving((request, response) => {
      if (requests.length > 1) return whole(request, response);
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 30_000), () => setImmediate(() => response.destroy()));
    });
    let bytes = 0;
    await fetchFile(download, { ...QUICK, onBytes: (count) => (bytes += count) });
    expect(requests.length).toBeGreaterThan(1);
    expect(await readFile(download.path)).toEqual(CONTENT);
    expect(bytes).toBe(CONTENT.length);
  });

  it('starts over if the server does not support ranges', async () => {
    const download = await serving((_, response) => void response.writeHead(200).end(CONTENT));
    await writeFile(`${download.path}.part`, Buffer.alloc(20_000, 255));
    await fetchFile(download, QUICK);
    expect(await readFile(download.path)).toEqual(CONTENT);
  });

  it('downloads a damaged file again, complete or partial', async () => {
    const download = await serving(whole);
    await writeFile(download.path, Buffer.alloc(CONTENT.length));
    await writeFile(`${download.path}.part`, Buffer.alloc(10_000, 255));
    await fetchFile(download, QUICK);
    expect(await readFile(download.path)).toEqual(CONTENT);
    // The damaged part is completed first; only the complete file shows the damage.
    expect(requests.map((request) => request.headers.range)).toEqual(['bytes=10000-', undefined]);
  });

  it('never gives its name to a file that is not in the lock', async () => {
    const download = await serving((_, response) => void response.writeHead(200).end(Buffer.alloc(CONTENT.length)));
    const failure = await fetchFile(download, QUICK).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(String(failure)).toContain('never matched its checksum');
    await expect(stat(download.path)).rejects.toThrow();
  });

  it('says which file and server failed', async () => {
    const download = await serving((_, response) => void response.writeHead(503).end());
    const failure = await fetchFile(download, QUICK).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(String(failure)).toContain(`a.jar could not be downloaded from ${new URL(download.url).host}`);
  });

  it('can be aborted', async () => {
    const download = await serving((_, response) => void response.writeHead(200).write(CONTENT.subarray(0, 10)));
    const stop = new AbortController();
    const fetching = fetchFile(download, {
      ...QUICK,
      signal: stop.signal,
      onBytes: () => stop.abort(new Error('enough')),
    });
    await expect(fetching).rejects.toThrow('enough');
  });
});

describe('fetching several files', () => {
  it('downloads all in parallel, and reports bytes up to the total', async () => {
    const download = await serving(whole);
    const downloads = Array.from({ length: 5 }, (_, index) => ({ ...download, path: join(directory, `${index}.jar`) }));
    const seen: number[] = [];
    await fetchFiles(downloads, { parallel: 3, ...QUICK, onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(5 * CONTENT.length);
    for (const { path } of downloads) expect(await readFile(path)).toEqual(CONTENT);
  });

  it('fails with the first failure', async () => {
    const download = await serving((_, response) => void response.writeHead(200).end('short'));
    await expect(fetchFiles([download, { ...download, path: join(directory, 'b.jar') }], QUICK)).rejects.toBeInstanceOf(
      Problem,
    );
  });
});
