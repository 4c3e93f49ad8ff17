import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { availableMb, memoryKills } from '../scripts/support/memory.mjs';
import { Problem } from '../scripts/support/problem.mjs';
import {
  commandLineOf,
  endGroup,
  isAlive,
  run,
  signalGroup,
  startInBackground,
} from '../scripts/support/processes.mjs';
import { until } from '../scripts/support/until.mjs';
import { deathOf } from './death.mjs';
import { containerState, docker, removeContainersOf, saveContainerLog, wasKilledForMemory } from './docker.mjs';
import { probeCql } from './probe.mjs';
import { readRing, writeRing } from './record.mjs';

/** Before this process started any node. */
const EARLIER_MEMORY_KILLS = memoryKills();

/** A cold start on a busy machine of two cores takes up to a minute. */
const READY_TIMEOUT_MS = 240_000;

/**
 * @typedef {object} NodeControl
 * @property {number} index from 0
 * @property {string} address
 * @property {number} port CQL
 * @property {() => Promise<void>} launch starts it and returns immediately
 * @property {(onWait?: () => void) => Promise<void>} ready waits until it answers CQL; throws a Problem if it ends instead
 * @property {() => Promise<void>} start launch and ready
 * @property {() => Promise<void>} stop gracefully, as an operator stops a node
 * @property {() => Promise<void>} kill immediately, like a power cut
 * @property {() => Promise<void>} pause the node stays connected and answers nothing
 * @property {() => Promise<void>} resume
 * @property {() => Promise<boolean>} isRunning paused counts as running
 * @property {() => Promise<Problem>} death why it ended unexpectedly
 */

/**
 * Whether a process is the server that a record names, and not one that reused its id.
 * @param {number} pid
 * @param {string} directory of the ring
 */
async function isOurs(pid, directory) {
  return pid > 0 && isAlive(pid) && (await commandLineOf(pid)).includes(directory);
}

/**
 * @param {string} recordPath
 * @param {number} index
 * @param {number} pid
 */
function setPid(recordPath, index, pid) {
  const ring = readRing(recordPath);
  const run = ring.nodes[index]?.run;
  if (run?.kind === 'process') run.pid = pid;
  writeRing(recordPath, ring);
}

/**
 * How a process is controlled.
 * @param {string} recordPath
 * @param {number} index
 */
function processControl(recordPath, index) {
  const current = () => {
    const ring = readRing(recordPath);
    const node = ring.nodes[index];
    if (node?.run.kind !== 'process') throw new Error(`node ${index} of ${recordPath} does not run as a process`);
    return { directory: ring.directory, logPath: node.logPath, run: node.run };
  };
  /** @param {NodeJS.Signals} signal */
  const send = async (signal) => {
    const { run, directory } = current();
    if (await isOurs(run.pid, directory)) signalGroup(run.pid, signal);
  };
  /** @param {number} graceMs */
  const end = async (graceMs) => {
    const { run, directory } = current();
    if (await isOurs(run.pid, directory)) await endGroup(run.pid, { graceMs });
    setPid(recordPath, index, 0);
  };
  return {
    async launch() {
      const { run, logPath, directory } = current();
      if (await isOurs(run.pid, directory)) return;
      // One log per run, so that the cause of the last end is not mistaken for this one's.
      if (existsSync(logPath)) renameSync(logPath, `${logPath}.before`);
      const child = await startInBackground(run.command, run.args, { logPath, cwd: directory });
      child.unref();
      try {
        setPid(recordPath, index, child.pid);
      } catch (error) {
        // The ring was stopped meanwhile, and nobody else knows about this process.
        await endGroup(child.pid, { graceMs: 0 });
        throw error;
      }
    },
    stop: () => end(30_000),
    kill: () => end(0),
    pause: () => send('SIGSTOP'),
    resume: () => send('SIGCONT'),
    isRunning: () => isOurs(current().run.pid, current().directory),
    saveLog: async () => {},
    // Its end leaves no trace but this: whoever started it may be gone, and the kernel's log is for root.
    killedForMemory: async () => memoryKills() > EARLIER_MEMORY_KILLS,
  };
}

/**
 * How a container is controlled. As with a process, requesting the current state changes nothing.
 * @param {string} name
 * @param {string} logPath
 */
function containerControl(name, logPath) {
  /** @param {readonly string[]} states @param {readonly string[]} args */
  const dockerWhen = async (states, args) => {
    if (states.includes(await containerState(name))) await docker([...args, name]);
  };
  const alive = ['running', 'paused'];
  return {
    launch: () => dockerWhen(['created', 'exited'], ['start']),
    stop: () => dockerWhen(alive, ['stop', '--time', '30']),
    kill: () => dockerWhen(alive, ['kill']),
    pause: () => dockerWhen(['running'], ['pause']),
    resume: () => dockerWhen(['paused'], ['unpause']),
    isRunning: async () => alive.includes(await containerState(name)),
    saveLog: () => saveContainerLog(name, logPath),
    killedForMemory: () => wasKilledForMemory(name),
  };
}

/**
 * Control over one node of a running ring, from any process: tests stop and pause nodes with it.
 * @param {number} index from 0, in the order of RINGSIDE_TEST_NODES
 * @param {string | undefined} [recordPath] the ring's record; default: the test ring's
 * @returns {NodeControl}
 */
export function nodeControl(index, recordPath = process.env.RINGSIDE_TEST_RING) {
  if (!recordPath)
    throw new Error('RINGSIDE_TEST_RING is not set: only a ring that the tests started can be controlled');
  const ring = readRing(recordPath);
  const node = ring.nodes[index];
  if (node === undefined) throw new Error(`the ring has ${ring.nodes.length} nodes, none with index ${index}`);
  const { address } = node;
  const { port } = ring;
  const control =
    node.run.kind === 'process' ? processControl(recordPath, index) : containerControl(node.run.name, node.logPath);
  const death = async () => {
    await control.saveLog();
    const evidence = { freeMb: availableMb(), killedForMemory: await control.killedForMemory() };
    return deathOf({ name: `${address}:${port}`, logPath: node.logPath, directory: ring.directory, evidence });
  };
  const ready = (onWait = () => {}) => waitUntilReady({ address, port, logPath: node.logPath, control, death }, onWait);
  return {
    index,
    address,
    port,
    launch: control.launch,
    ready,
    start: async () => {
      await control.launch();
      await ready();
    },
    stop: control.stop,
    kill: control.kill,
    pause: control.pause,
    resume: control.resume,
    isRunning: control.isRunning,
    death,
  };
}

/**
 * @param {{ address: string, port: number, logPath: string, control: ReturnType<typeof processControl>, death: () => Promise<Error> }} node
 * @param {() => void} onWait called before each look
 * @throws {Error} when it has died, or does not answer in time
 */
async function waitUntilReady({ address, port, logPath, control, death }, onWait) {
  const answered = await until(
    async () => {
      onWait();
      if ((await probeCql(address, port)) === 'cql') return true;
      if (await control.isRunning()) return false;
      throw await death();
    },
    { timeoutMs: READY_TIMEOUT_MS, everyMs: 300 },
  );
  if (answered) return;
  await control.saveLog();
  throw new Problem(
    `Cassandra at ${address}:${port} did not answer within ${READY_TIMEOUT_MS / 1000} s.`,
    'The machine may be too busy or short of memory. Its log says how far it got. Run the command again.',
    { logPath },
  );
}

/**
 * nodetool against one node of a running ring.
 * @param {string} recordPath
 * @param {readonly string[]} args such as ['status', 'flights']
 * @param {number} [index]
 * @returns {Promise<string>} what it prints
 * @throws {Error} when it fails, with what it printed
 */
export async function nodetool(recordPath, args, index = 0) {
  const ring = readRing(recordPath);
  const node = ring.nodes[index];
  if (node === undefined) throw new Error(`the ring has no node with index ${index}`);
  const where = ['-h', '127.0.0.1', '-p', String(node.jmxPort)];
  const command = node.run.kind === 'process' ? ring.nodetool : ['docker', 'exec', node.run.name, 'nodetool'];
  const [program = '', ...fixed] = command;
  const { code, output, stdout } = await run(program, [...fixed, ...where, ...args]);
  if (code !== 0) throw new Error(`nodetool ${args.join(' ')} ended with ${code}: ${output}`);
  return stdout;
}

/**
 * Stops every node that a record names, whoever started it, and removes the record.
 * @param {string} recordPath
 * @param {{ graceMs?: number }} [options] how long a node may take to flush its data; 0 if the data can be lost
 * @returns {Promise<number>} how many were running
 */
export async function stopRing(recordPath, { graceMs = 30_000 } = {}) {
  const { directory, nodes, engine } = readRing(recordPath);
  const running = await Promise.all(
    nodes.map(async ({ index, run }) => {
      if (run.kind === 'process') {
        const ours = await isOurs(run.pid, directory);
        if (ours) await endGroup(run.pid, { graceMs });
        return ours;
      }
      const control = nodeControl(index, recordPath);
      const ours = await control.isRunning();
      if (ours && graceMs > 0) await control.stop();
      return ours;
    }),
  );
  if (engine === 'docker') await removeContainersOf(dirname(recordPath));
  rmSync(recordPath, { force: true });
  return running.filter(Boolean).length;
}
