import 'server-only';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '@/lib/failure';
import { type OwnCassandra, ownCassandraSchema } from './contract/clusters';
import { readEnvironment } from './env';

/**
 * The Cassandra that `npm start` runs next to this server. They communicate through files in a private folder: `npm start`
 * writes `state.json` while its Cassandra is down, and looks for `restart` (scripts/start/own-state.mjs).
 */

const ANSWER_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** What `npm start` says about its own Cassandra; null while it runs, and if there is none. */
export async function ownCassandra(): Promise<OwnCassandra | null> {
  const { RINGSIDE_OWN_CASSANDRA: directory } = readEnvironment();
  if (directory === undefined) return null;
  try {
    const text = await readFile(join(directory, 'state.json'), 'utf8');
    return ownCassandraSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // No file: it runs, or has not started for the first time.
    return null;
  }
}

/**
 * Asks `npm start` to restart its Cassandra, and returns when it does.
 * @throws Failure when there is nothing to start, or `npm start` does not react
 */
export async function restartOwnCassandra(): Promise<void> {
  const { RINGSIDE_OWN_CASSANDRA: directory } = readEnvironment();
  const own = await ownCassandra();
  if (directory === undefined || own === null) throw nothingToStart();
  const path = join(directory, 'restart');
  if (own.state === 'starting') return;
  await writeFile(path, '', { mode: 0o600 });
  const deadline = performance.now() + ANSWER_TIMEOUT_MS;
  // `npm start` removes the request after writing its new state.
  while (existsSync(path)) {
    if (performance.now() > deadline) {
      await rm(path, { force: true });
      throw noReaction();
    }
    await delay(LOOK_EVERY_MS);
  }
}

function nothingToStart(): Failure {
  return new Failure({
    code: 'not_found',
    message: 'There is no Cassandra to restart: either it is running, or npm start did not start it.',
    hint: 'Only the demo cluster of npm start can be restarted from here.',
    retryable: false,
  });
}

function noReaction(): Failure {
  return new Failure({
    code: 'server_error',
    message: 'npm start does not respond.',
    hint: 'Look at its terminal, or stop it and run npm start again: the data is kept.',
    retryable: true,
  });
}
