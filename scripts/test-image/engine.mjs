import { get } from 'node:http';
import { ROOT } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { run } from '../support/processes.mjs';
import { until } from '../support/until.mjs';
import { Checks } from '../test/checks.mjs';

/** Of one run. */
export const checks = new Checks();
export const { check } = checks;

/** Of the image that is tried. */
export const TAG = 'ringside:test';
/** A container may start on a busy machine. */
export const READY_MS = 180_000;
/** As docs/installation.md runs it. */
export const HARD = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

/** RINGSIDE_IMAGE_NETWORK: `host` where the engine has no bridge. */
export const network = process.env.RINGSIDE_IMAGE_NETWORK;

/**
 * Arguments by which a container listens on a port of this machine.
 * @param {number} port
 */
export function published(port) {
  return network === 'host'
    ? ['--network', 'host', '-e', 'HOST=127.0.0.1', '-e', `PORT=${port}`]
    : ['-p', `127.0.0.1:${port}:3000`];
}

/** The address that this machine has for containers: engines do not always name it for the bridge, a route does. */
export async function thisMachine() {
  if (network === 'host') return '127.0.0.1';
  const route = await docker('run', '--rm', TAG, 'cat', '/proc/net/route');
  const [, gateway = ''] = /\t00000000\t([0-9A-F]{8})\t/.exec(route) ?? [];
  return Buffer.from(gateway, 'hex').reverse().join('.');
}

/**
 * @param {string} command of a shell, or the engine's arguments
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env] more variables
 * @returns {Promise<string>} what it wrote to standard output
 * @throws {Problem} with its last lines when it fails
 */
export async function output(command, args, env = {}) {
  // Every engine has the classic builder, and all builds of a run share its cache.
  const {
    code,
    output: text,
    stdout,
  } = await run(command, args, {
    cwd: ROOT,
    env: { ...process.env, DOCKER_BUILDKIT: '0', ...env },
  });
  if (code === 0) return stdout.trim();
  throw new Problem(`${command} ${args.join(' ')} failed.`, text.trimEnd().split('\n').slice(-15).join('\n'));
}

/** @param {readonly string[]} args */
export const docker = (...args) => output('docker', args);

/**
 * Whether a container becomes ready. Not by `fetch`, which does not keep this process running while an engine's proxy drops
 * the connection.
 * @param {number} port
 * @param {string} [host] under which it knows itself
 */
export async function becomesReady(port, host = 'localhost') {
  const options = { host: '127.0.0.1', port, path: '/readyz', headers: { host }, agent: false };
  /** @returns {Promise<boolean>} */
  const isReady = () =>
    new Promise((resolve) => {
      get({ ...options, signal: AbortSignal.timeout(5_000) }, (response) =>
        resolve(response.resume().statusCode === 200),
      ).once('error', () => resolve(false));
    });
  return (await until(isReady, { timeoutMs: READY_MS })) === true;
}
