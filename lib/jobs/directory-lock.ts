import 'server-only';
import { open, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseJson } from '@/lib/contract/json';
import { Failure } from '@/lib/failure';
import { OWNER_ONLY_FILE, readRegular } from '@/lib/regular-file';
import { storageFailure } from './storage-failure';

export const LOCK_FILE = 'lock';
const TOUCH_EVERY_MS = 10_000;
/** A lock from another machine expires after this long without a touch. */
const STALE_MS = 120_000;
/** A lock is written as soon as it is made: its process was killed in between if it is still empty after this long. */
const UNWRITTEN_MS = 1_000;
const LOOK_AGAIN_MS = 50;

const ownerSchema = z.object({ pid: z.number().int(), host: z.string() });

/** Directories that this process holds. */
const KEY = Symbol.for('ringside.export-locks');

function held(): Set<string> {
  const global = globalThis as { [KEY]?: Set<string> };
  global[KEY] ??= new Set();
  return global[KEY];
}

/** Two writers in one directory would destroy each other's files, so a writer holds its lock. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** @throws Failure `storage_failed` when another process is writing there */
export function lockDirectory(directory: string): Promise<DirectoryLock> {
  return lockWith(join(resolve(directory), LOCK_FILE), directory);
}

/**
 * Like {@link lockDirectory}, for anything with a lock file.
 * @param path absolute path of the lock file
 * @param what what is being written, as people read it
 */
export async function lockWith(path: string, what: string): Promise<DirectoryLock> {
  if (held().has(path)) throw inUse(what, 'this process');
  held().add(path);
  try {
    await take(path, what);
  } catch (error) {
    held().delete(path);
    throw error;
  }
  const touching = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, TOUCH_EVERY_MS);
  touching.unref();
  return {
    async release() {
      clearInterval(touching);
      await rm(path, { force: true });
      held().delete(path);
    },
  };
}

/** The failure to report when another process is writing into the directory; null if none is. */
export async function otherWriter(directory: string): Promise<Failure | null> {
  const path = join(resolve(directory), LOCK_FILE);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const owner = isThere ? await liveOwner(path) : null;
  return owner === null ? null : inUse(directory, owner);
}

async function take(path: string, what: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await make(path, what);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const owner = await liveOwner(path);
      if (owner !== null || attempt === 2) throw inUse(what, owner ?? 'another process');
      await rm(path, { force: true });
    }
  }
}

/** @throws EEXIST when there is a lock; Failure when another process took it for abandoned before it was written */
async function make(path: string, what: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY_FILE);
  try {
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
    const [own, there] = [await file.stat(), await stat(path).catch(() => null)];
    if (there?.ino !== own.ino) throw inUse(what, 'another process');
  } catch (error) {
    // The disk is full: without a word in it the lock would keep others out for nothing.
    if (!(error instanceof Failure)) await rm(path, { force: true });
    throw storageFailure(error, dirname(path));
  } finally {
    await file.close();
  }
}

/** Who holds the lock; null if its holder is gone. */
async function liveOwner(path: string): Promise<string | null> {
  const owner = await writtenOwner(path);
  if (owner === null) return null;
  const { pid, host } = owner;
  if (host === hostname()) {
    // Not held here: an earlier process with the same id left it, which happens in containers.
    return pid !== process.pid && isAlive(pid) ? `process ${pid}` : null;
  }
  const age =
    Date.now() -
    (await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ));
  return age < STALE_MS ? `a process on ${host}` : null;
}

/** Who a lock names; null: nobody, although there was time to write it. */
async function writtenOwner(path: string): Promise<z.output<typeof ownerSchema> | null> {
  for (const giveUpAt = performance.now() + UNWRITTEN_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const text = await readRegular(path).catch(() => '');
    const parsed = ownerSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    if (performance.now() >= giveUpAt) return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function inUse(what: string, owner: string): Failure {
  return new Failure({
    code: 'storage_failed',
    message: `${owner} is writing into ${what}.`,
    hint: 'Wait until it has finished, or choose another place.',
    retryable: true,
  });
}
