import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '@/lib/failure';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE } from '@/lib/regular-file';
import lock from './connector.lock.json';

/** One file of the connector, as the repository locks it. */
interface Artifact {
  /** Maven coordinates, `group:artifact:jar:version`. */
  readonly coordinates: string;
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

interface Fetching {
  /** Ringside's data directory. */
  readonly data: string;
  readonly signal: AbortSignal;
  readonly artifacts?: readonly Artifact[];
  /** The base URL of a Maven repository; Maven Central when absent. */
  readonly repository?: string | undefined;
}

type From = Pick<Fetching, 'signal' | 'repository'>;

/** A file of 6 MB; a server that sends nothing for so long is given up. */
const TIMEOUT_MS = 120_000;

/**
 * The connector with what it needs beyond Spark's own jars, each exactly as it is locked: what is missing is fetched, and every
 * file is read and checked before each job.
 * @returns their absolute paths
 * @throws Failure `spark_failed` when one cannot be fetched, or differs from the lock
 */
export async function connectorJars({ data, signal, artifacts = lock.artifacts, repository }: Fetching) {
  const directory = connectorDirectory(data);
  await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  const paths: string[] = [];
  for (const artifact of artifacts) {
    const path = join(directory, artifact.file);
    const found = await digestOf(path);
    if (found === null) await fetchJar(artifact, path, { signal, repository });
    else if (found !== artifact.sha256) {
      throw refused(`${path} is not the locked file.`, found, artifact, 'Delete it: Ringside fetches it again.');
    }
    paths.push(path);
  }
  return paths;
}

/** The folder of the connector's jars. */
function connectorDirectory(data: string): string {
  return resolve(/* turbopackIgnore: true */ data, 'spark', 'connector');
}

/** Null: there is no such file. */
async function digestOf(path: string): Promise<string | null> {
  try {
    return sha256(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Nothing has the jar's name before its checksum is the locked one. */
async function fetchJar(artifact: Artifact, path: string, from: From): Promise<void> {
  const bytes = await bytesOf(artifact, dirname(path), from);
  const found = sha256(bytes);
  if (found !== artifact.sha256) {
    const hint = 'Something on the way changes files: a proxy or a mirror. Use another network or repository.';
    throw refused(`${artifact.coordinates} was fetched and is not the locked file.`, found, artifact, hint);
  }
  const part = `${path}.part`;
  await rm(part, { force: true });
  const file = await open(part, 'wx', OWNER_ONLY_FILE);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

async function bytesOf(artifact: Artifact, directory: string, { signal, repository }: From): Promise<Buffer> {
  try {
    const base = repository === undefined ? undefined : repository.replace(/\/*$/, '/');
    // Loaded for a fetch alone: what they bring along is old, and Node warns of it.
    const [parser, address] = await Promise.all([import('mvn-artifact-name-parser'), import('mvn-artifact-url')]);
    const url = await defaultOf(address.default)(defaultOf(parser.default)(artifact.coordinates), base);
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    if (!answer.ok || answer.body === null) throw new Error(`the repository answered ${answer.status}`);
    return await atMost(answer.body, artifact.bytes);
  } catch (cause) {
    signal.throwIfAborted();
    throw new Failure(
      {
        ...{ code: 'spark_failed', message: `${artifact.coordinates} could not be fetched.`, retryable: true },
        hint: `Spark needs it to read Cassandra. Check the network, or put ${artifact.file} into ${directory}.`,
        detail: cause instanceof Error ? cause.message : String(cause),
      },
      { cause },
    );
  }
}

/** The locked size bounds the memory; a shorter file is found by its checksum. */
async function atMost(body: ReadableStream<Uint8Array>, bytes: number): Promise<Buffer> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > bytes) throw new Error(`it is longer than the locked ${bytes} bytes`);
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}

function refused(message: string, found: string, { sha256: wanted }: Artifact, hint: string): Failure {
  const detail = `Its SHA-256 is ${found}; the lock has ${wanted}.`;
  return new Failure({ code: 'spark_failed', message, hint, detail, retryable: false });
}

/** The export of a CommonJS module compiled from `export default`: Node gives the module, bundlers the function. */
function defaultOf<F extends (...args: never[]) => unknown>(module: F | { readonly default: F }): F {
  return typeof module === 'function' ? module : module.default;
}
