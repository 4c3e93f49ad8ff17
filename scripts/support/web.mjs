import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { get } from 'node:http';
import { get as getByTls } from 'node:https';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { tlsFilesOf } from '../../server/own-tls.mjs';
import { guard } from './guard.mjs';
import { LOG_DIRECTORY, ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { endGroup, isAlive, startInBackground, startOf } from './processes.mjs';
import { until } from './until.mjs';

const READY_TIMEOUT_MS = 90_000;

/** The server shuts down within 4 s (server/shutdown.mjs); with the kill after this it is gone within 5 s. */
const WEB_GRACE_MS = 4500;

/** Relative, so that the folder's name is not in the command line that the watchdog inspects. */
const SERVER = join('server', 'main.mjs');

/**
 * @param {string} host
 * @param {number} port
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string}
 */
function urlOf(host, port, env) {
  return `${speaksTls(env) ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** @param {Readonly<Record<string, string | undefined>>} env */
function speaksTls(env) {
  try {
    return tlsFilesOf(env) !== null;
  } catch {
    // The server says what is wrong, and ends.
    return false;
  }
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether a web server answers there, with any status
 */
async function answers(url) {
  const options = { signal: AbortSignal.timeout(20_000), agent: false };
  try {
    // Whether the certificate is of this name is for browsers to say.
    const request = url.startsWith('https:')
      ? getByTls(url, { ...options, rejectUnauthorized: false })
      : get(url, options);
    const [response] = await once(request, 'response');
    response.destroy();
    return true;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} Web
 * @property {string} url
 * @property {number} pid of the server
 * @property {string} logPath
 * @property {Promise<string>} ended how it ended, once it has
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the web server and returns when it answers.
 * @param {{ command: 'start' | 'dev', host: string, port: number, clusters?: readonly object[] | undefined, logName?: string, env?: Record<string, string>, signal?: AbortSignal | undefined }} options
 *   `clusters`: what it connects to, instead of the configured ones
 * @returns {Promise<Web>}
 * @throws {Problem} when it ends, or does not answer in time
 */
export async function startWeb({ command, host, port, clusters, logName = 'web.log', env = {}, signal }) {
  const logPath = join(LOG_DIRECTORY, logName);
  rmSync(logPath, { force: true });
  const environment = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(clusters === undefined ? {} : { RINGSIDE_CLUSTERS: JSON.stringify(clusters) }),
    ...env,
    HOST: host,
    PORT: String(port),
  };
  const child = await startInBackground(process.execPath, [SERVER, ...(command === 'dev' ? ['--dev'] : [])], {
    logPath,
    cwd: ROOT,
    env: environment,
  });
  guard({ process: { pid: child.pid, start: await startOf(child.pid), graceMs: WEB_GRACE_MS } });
  const web = {
    url: urlOf(host, port, environment),
    pid: child.pid,
    logPath,
    ended: new Promise((/** @type {(how: string) => void} */ resolve) =>
      child.once('exit', (code, how) => resolve(how === null ? `exit code ${code}` : `signal ${how}`)),
    ),
    stop: () => endGroup(child.pid, { graceMs: WEB_GRACE_MS }),
  };
  try {
    await untilReady(web, signal);
    return web;
  } catch (error) {
    await web.stop();
    throw error;
  }
}

/**
 * @param {Pick<Web, 'url' | 'pid' | 'logPath'>} web
 * @param {AbortSignal | undefined} signal
 * @throws {Problem} when it ends, or does not answer in time
 */
async function untilReady({ url, pid, logPath }, signal) {
  const ready = await until(
    async () => {
      if (isAlive(pid)) return answers(url);
      throw new Problem('The web server ended.', 'Fix what its log says, then run the command again.', { logPath });
    },
    { timeoutMs: READY_TIMEOUT_MS, everyMs: 150, signal },
  );
  signal?.throwIfAborted();
  if (ready) return;
  throw new Problem(
    `The web server did not answer within ${READY_TIMEOUT_MS / 1000} s.`,
    'The machine may be too busy. Run the command again.',
    { logPath },
  );
}
