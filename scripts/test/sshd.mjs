import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../support/ports.mjs';
import { until } from '../support/until.mjs';

export const SSHD = '/usr/sbin/sshd';
const START_MS = 60_000;

/**
 * A real sshd on this machine, with keys made for it, for tests of tunnels. It lets in the key `user` as the user who runs
 * it; `known` lists its own key, and `other` is a key that nobody knows.
 */
export class Sshd {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  #directory;

  /**
   * @param {string} directory for its keys and settings
   * @param {string} address of this machine
   * @param {number} port
   */
  constructor(directory, address, port) {
    this.#directory = directory;
    this.address = address;
    this.port = port;
  }

  /** @param {string} name of a file of its keys and settings */
  path(name) {
    return join(this.#directory, name);
  }

  /** Returns once it listens. */
  async start() {
    this.#child = spawn(SSHD, ['-D', '-e', '-f', this.path('sshd_config')], { stdio: 'ignore' });
    if (!(await until(() => this.#listens(), { timeoutMs: START_MS }))) throw new Error('sshd does not start');
  }

  /** Ends it with all of its sessions. */
  async stop() {
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#child = null;
    const ended = once(child, 'exit');
    // Each of its sessions is a process in a separate group.
    const sessions = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ').filter(Boolean);
    for (const pid of [child.pid, ...sessions.map(Number)]) process.kill(pid, 'SIGKILL');
    await ended;
  }

  async #listens() {
    const socket = connect(this.port, this.address);
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    return isThere;
  }
}

/**
 * @param {string} directory which exists
 * @param {string} [address]
 * @returns {Promise<Sshd>} running
 */
export async function startSshd(directory, address = '127.0.0.1') {
  const sshd = new Sshd(directory, address, await freePort([address], 4_900));
  // As root, sshd wants its folder; elsewhere it needs none.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  for (const key of ['host', 'user', 'other']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', sshd.path(key)]);
  }
  const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(sshd.path(name), text);
  const read = (/** @type {string} */ name) => readFileSync(sshd.path(name), 'utf8');
  write('authorized', read('user.pub'));
  write('known', `[${address}]:${sshd.port} ${read('host.pub')}`);
  const settings = [
    ...[`Port ${sshd.port}`, `ListenAddress ${address}`, `HostKey ${sshd.path('host')}`],
    ...[`AuthorizedKeysFile ${sshd.path('authorized')}`, 'AllowTcpForwarding yes'],
    ...['PidFile none', 'StrictModes no', 'UsePAM no', 'PasswordAuthentication no'],
  ];
  write('sshd_config', `${settings.join('\n')}\n`);
  await sshd.start();
  return sshd;
}
