import 'server-only';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TunnelConfig } from '@/lib/contract/tunnel';
import { Failure } from '../../failure';
import type { RefusalOf } from './networks';
import { forwardArguments, masterArguments, sshFailure } from './ssh';

const START_MS = 15_000;
const LOOK_MS = 20;
const FORWARD_MS = 10_000;
/** An ssh without a connection through it ends after this. */
const IDLE_MS = 60_000;
const MOST_CHARACTERS = 4_000;
/** From the server's environment ssh needs only where programs and keys are. */
const PASSED_ON = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'TMPDIR'];

const execute = promisify(execFile);

/** One running ssh, and what it forwards. */
interface Running {
  readonly child: ChildProcess;
  /** Of this process's user alone: whoever else is on the machine reaches no node by them. */
  readonly directory: string;
  /** By node, `host:port`. */
  readonly forwards: Map<string, Promise<string>>;
}

/**
 * Reaches nodes through an SSH host: one `ssh` that starts when a node is first connected to, and again when it has
 * ended. Each node has a socket of this machine, which only this user can open.
 */
export class Tunnel {
  readonly #config: TunnelConfig;
  readonly #refusalOf: RefusalOf;
  #running: Promise<Running> | null = null;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;

  /** @param refusalOf where the SSH host must not be */
  constructor(config: TunnelConfig, refusalOf: RefusalOf) {
    this.#config = config;
    this.#refusalOf = refusalOf;
  }

  /**
   * The path of a socket that leads to a node, as the SSH host reaches it.
   * @throws Failure `cluster_unreachable` why there is no tunnel, `address_refused`
   */
  async socketTo(host: string, port: string | number): Promise<string> {
    const running = await this.#ensure();
    const node = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const known = running.forwards.get(node);
    if (known !== undefined) return known;
    const forward = this.#forward(running, node);
    running.forwards.set(node, forward);
    forward.catch(() => running.forwards.delete(node));
    return forward;
  }

  /** Starts ssh unless it runs. @throws as {@link socketTo} */
  async open(): Promise<void> {
    await this.#ensure();
  }

  /** Keeps ssh running until the returned function is called. */
  hold(): () => void {
    clearTimeout(this.#idle);
    this.#users++;
    return () => {
      this.#users--;
      if (this.#users === 0) this.#endLater();
    };
  }

  /** Ends ssh; the next connection starts it again. */
  async end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    clearTimeout(this.#idle);
    (await running?.catch(() => null))?.child.kill();
  }

  #endLater(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
  }

  #ensure(): Promise<Running> {
    if (this.#running !== null) return this.#running;
    const starting = this.#start();
    this.#running = starting;
    const forget = () => {
      if (this.#running === starting) this.#running = null;
    };
    starting.then(({ child }) => (child.exitCode === null ? child.once('exit', forget) : forget()), forget);
    if (this.#users === 0) this.#endLater();
    return starting;
  }

  async #start(): Promise<Running> {
    const address = await this.#address();
    const directory = mkdtempSync(join(tmpdir(), 'ringside-ssh-'));
    const control = join(directory, 'control');
    const child = spawn('ssh', masterArguments(this.#config, address, control), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { NODE_ENV: 'production', ...passedOn() },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-MOST_CHARACTERS);
    });
    let isOver = false;
    const over = new Promise<void>((resolve) => {
      child.once('error', ({ message }) => {
        said += message;
        resolve();
      });
      child.once('close', () => resolve());
    }).then(() => {
      isOver = true;
      rmSync(directory, { recursive: true, force: true });
    });
    endWithProcess(child, directory);
    // The socket is there once the host has let the user in.
    for (const until = performance.now() + START_MS; performance.now() < until && !isOver; ) {
      if (existsSync(control)) return { child: aside(child), directory, forwards: new Map() };
      await Promise.race([sleep(LOOK_MS), over]);
    }
    child.kill();
    throw sshFailure(this.#config, said);
  }

  /** The address of the SSH host that ssh connects to, so that no later look-up leads elsewhere. */
  async #address(): Promise<string> {
    const { host } = this.#config;
    const { address } = await lookup(host).catch((error: unknown) => {
      throw sshFailure(this.#config, `${host}: ${String(error)}`);
    });
    const refusal = this.#refusalOf(address);
    if (refusal !== null) throw refusal;
    return address;
  }

  async #forward({ directory, forwards }: Running, node: string): Promise<string> {
    const socket = join(directory, String(forwards.size));
    const given = forwardArguments(this.#config, join(directory, 'control'), { socket, node });
    await execute('ssh', given, { timeout: FORWARD_MS, env: { NODE_ENV: 'production', ...passedOn() } }).catch(
      (error: unknown) => {
        throw new Failure({
          code: 'cluster_unreachable',
          message: `ssh did not forward to the node ${node}.`,
          hint: 'The SSH host may not allow forwarding: AllowTcpForwarding and PermitOpen in its settings.',
          detail: String(error).slice(0, MOST_CHARACTERS),
          retryable: true,
        });
      },
    );
    return socket;
  }
}

function passedOn(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Nothing waits for ssh: a command that is done ends, and ssh with it. */
function aside(child: ChildProcess): ChildProcess {
  child.stderr?.destroy();
  child.unref();
  return child;
}

/** ssh ends with this process, unless that is killed by force. */
function endWithProcess(child: ChildProcess, directory: string): void {
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
