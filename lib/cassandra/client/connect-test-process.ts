import 'server-only';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  CONNECT_STEPS,
  type ConnectTestResponse,
  type connectTestRequestSchema,
  connectTestResponseSchema,
} from '@/lib/contract/connect';
import type { NetworksConfig } from '@/lib/contract/networks';
import { Failure } from '../../failure';
import { Places } from '../read/places';

/**
 * The connection test in a separate process. It connects to any address that a client names: if whatever listens there
 * uses up memory or time, the test ends and the server does not.
 */

/** Made by `npm start`, `npm run dev` and `npm run build` (scripts/support/connect-test.mjs); part of the image. */
const PROGRAM = join('.ringside', 'connect-test', 'program.mjs');

const HEAP_MB = 128;
const TIME_LIMIT_MS = 30_000;
const MOST_OUTPUT_BYTES = 1024 * 1024;
const AT_ONCE = 2;
const MOST_WAITING = 8;

/** From the server's environment the test needs only the trusted authorities, and on Windows what resolves names. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'SystemRoot'];

const places = new Places(AT_ONCE, MOST_WAITING);

export interface Limits {
  /** Where it may connect; absent: anywhere but to link-local addresses. */
  readonly networks?: NetworksConfig;
  readonly heapMb?: number;
  readonly timeLimitMs?: number;
  readonly program?: string;
}

type KnownLimits = Limits & Required<Omit<Limits, 'networks'>>;

/**
 * Tests a connection; at most two run at once.
 * @param signal ends the test when the client leaves
 * @throws Failure `overloaded` when too many are already waiting
 */
export async function testConnectionApart(
  target: z.output<typeof connectTestRequestSchema>,
  signal: AbortSignal,
  limits: Limits = {},
): Promise<ConnectTestResponse> {
  const program = limits.program ?? join(/* turbopackIgnore: true */ process.cwd(), PROGRAM);
  if (!existsSync(program)) throw new Error(`${program} is missing: npm run build creates it.`);
  const leave = await places.enter(signal);
  if (leave === null) throw tooMany();
  try {
    return await run(target, signal, { heapMb: HEAP_MB, timeLimitMs: TIME_LIMIT_MS, ...limits, program });
  } finally {
    leave();
  }
}

async function run(target: object, signal: AbortSignal, limits: KnownLimits): Promise<ConnectTestResponse> {
  signal.throwIfAborted();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [`--max-old-space-size=${limits.heapMb}`, limits.program], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { NODE_ENV: 'production', ...passedOn() },
    timeout: limits.timeLimitMs,
    killSignal: 'SIGKILL',
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    const [last, hasEnded] = await Promise.all([
      lastAnswer(child, `${JSON.stringify({ target, networks: limits.networks })}\n`),
      endOf(child),
    ]);
    signal.throwIfAborted();
    if (hasEnded && last !== null) return last;
    const elapsedMs = performance.now() - startedAt;
    return broken(last, elapsedMs >= limits.timeLimitMs ? outOfTime(limits) : outOfMemory(limits), elapsedMs);
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
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

/** Whether the child ended by itself, not by a limit. */
function endOf(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

/** The last line that is a valid response; the child is trusted no more than any other sender of JSON. */
async function lastAnswer(child: ChildProcess, input: string): Promise<ConnectTestResponse | null> {
  // It ended before reading its input: how it ended says why.
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(input);
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.length > MOST_OUTPUT_BYTES) child.kill('SIGKILL');
    if (text.length > MOST_OUTPUT_BYTES) break;
  }
  for (const line of text.split('\n').reverse()) {
    const answer = answerOf(line);
    if (answer !== null) return answer;
  }
  return null;
}

function answerOf(line: string): ConnectTestResponse | null {
  try {
    return z.parse(connectTestResponseSchema, JSON.parse(line));
  } catch {
    return null;
  }
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

function outOfTime({ timeLimitMs }: KnownLimits): Fault {
  return {
    message: `The test was stopped after ${timeLimitMs / 1000} s.`,
    hint: 'This address accepts connections but responds too slowly, or not at all. Check that it is a Cassandra node.',
  };
}

function outOfMemory({ heapMb }: KnownLimits): Fault {
  return {
    message: `The test was stopped: responses from this address made it crash, or use more than ${heapMb} MB of memory.`,
    hint: 'Check that this address is a Cassandra node.',
  };
}

/** The steps completed, and the one in which the test ended. */
function broken(last: ConnectTestResponse | null, { message, hint }: Fault, elapsedMs: number): ConnectTestResponse {
  const steps = last?.steps ?? [];
  const step = CONNECT_STEPS.find((name) => name !== 'ssh' && steps.every((tried) => tried.step !== name)) ?? 'login';
  const spentMs = steps.reduce((sum, tried) => sum + tried.elapsedMs, 0);
  return {
    ok: false,
    steps: [...steps, { step, status: 'failed', message, hint, elapsedMs: Math.max(0, elapsedMs - spentMs) }],
    release: null,
    clusterName: null,
    datacenters: [],
  };
}

function tooMany(): Failure {
  return new Failure({
    code: 'overloaded',
    message: `${AT_ONCE} connection tests are already running and ${MOST_WAITING} are waiting.`,
    hint: 'Try again when some of them have ended.',
    retryable: true,
  });
}
