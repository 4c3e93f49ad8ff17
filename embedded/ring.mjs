import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { guard } from '../scripts/support/guard.mjs';
import { freePort } from '../scripts/support/ports.mjs';
import { checkAddresses, checkPort } from './addresses.mjs';
import { waitForAgreement } from './agreement.mjs';
import { nodeControl, nodetool, stopRing } from './control.mjs';
import { containerArguments, docker, removeContainersOf } from './docker.mjs';
import { chooseEngine, engineWish } from './engine.mjs';
import { fetchJars } from './jars.mjs';
import { javaForNodetool, provideJava } from './java.mjs';
import { nodetoolCommand, serverArguments, writeConfiguration } from './jvm.mjs';
import { DEFAULT_VERSION, lockedRelease } from './lock-file.mjs';
import { readRing, readRingIfAny, writeRing } from './record.mjs';

/** Where the search for internode and nodetool ports starts, away from the ports of the machine's own Cassandra. */
const FIRST_STORAGE_PORT = 17000;
const FIRST_JMX_PORT = 17200;

/**
 * @typedef {object} RingOptions
 * @property {readonly { address: string, rack?: string, dc?: string }[]} nodes each on its own loopback address
 * @property {number} [port] CQL, the same on every node; default 9042
 * @property {string} directory data, logs and the ring's record
 * @property {number} [heapMb] of each node; default 512
 * @property {readonly string[]} [javaFlags] of each node, in addition to the common ones
 * @property {Readonly<Record<string, string>>} [settings] of cassandra.yaml, the same on every node; in a container from 4.1 on
 * @property {import('./engine.mjs').EngineWish} [engine] default: RINGSIDE_CASSANDRA, otherwise auto
 * @property {{ username: string, password: string }} [login] for several nodes that ask for one
 * @property {string} [version] of the jars; a container has its image's
 * @property {string} [clusterName]
 * @property {boolean} [persistent] keep the data between runs; default false
 * @property {(text: string) => void} [onProgress]
 */

/**
 * @typedef {object} Ring
 * @property {'docker' | 'jvm'} engine
 * @property {string} release such as "5.0.9", or the image's name
 * @property {string} why how the engine was chosen, in words
 * @property {string} recordPath for {@link nodeControl} in other processes
 * @property {string[]} contactPoints addresses, without the port
 * @property {number} port
 * @property {string[]} logs a path for each node
 * @property {(index: number) => import('./control.mjs').NodeControl} node
 * @property {(args: readonly string[], index?: number) => Promise<string>} nodetool
 * @property {() => Promise<void>} stop stops all nodes and, unless the ring is persistent, removes their data
 */

/** @typedef {Required<Omit<RingOptions, 'nodes' | 'engine' | 'login'>> & { nodes: { address: string, rack: string, dc: string }[] }} Plan */

/**
 * @param {RingOptions} options
 * @returns {Plan}
 */
function planOf(options) {
  return {
    port: 9042,
    heapMb: 512,
    javaFlags: [],
    settings: {},
    version: DEFAULT_VERSION,
    clusterName: 'ringside',
    persistent: false,
    onProgress: () => {},
    ...options,
    nodes: options.nodes.map(({ address, rack, dc }, index) => ({
      address,
      rack: rack ?? `rack${index + 1}`,
      dc: dc ?? 'dc1',
    })),
  };
}

/**
 * Stops what a killed run left behind.
 * @param {string} directory
 * @param {(text: string) => void} onProgress
 */
async function endLeftovers(directory, onProgress) {
  const recordPath = join(directory, 'ring.json');
  if (readRingIfAny(recordPath) !== undefined) {
    const ended = await stopRing(recordPath);
    if (ended > 0)
      onProgress(`stopped ${ended} Cassandra ${ended === 1 ? 'node' : 'nodes'} that an earlier run left behind`);
  }
  rmSync(recordPath, { force: true });
}

/** @param {Plan} plan */
async function choosePorts({ nodes, port }) {
  const addresses = nodes.map(({ address }) => address);
  const storagePort = await freePort(addresses, FIRST_STORAGE_PORT, new Set([port]));
  /** @type {Set<number>} */
  const jmxPorts = new Set();
  for (const _ of nodes) jmxPorts.add(await freePort(['127.0.0.1'], FIRST_JMX_PORT, jmxPorts));
  return { storagePort, jmxPorts: [...jmxPorts] };
}

/**
 * @param {Plan} plan
 * @param {{ storagePort: number, jmxPorts: number[] }} ports
 * @returns {Promise<import('./record.mjs').RingRecord>}
 */
async function prepareProcesses(
  { nodes, port, directory, heapMb, javaFlags, settings, version, clusterName, onProgress },
  { storagePort, jmxPorts },
) {
  const [jars, java] = await Promise.all([
    fetchJars({ version, onProgress: (text) => onProgress(`downloading Cassandra's jars: ${text}`) }),
    provideJava(lockedRelease(version).java, { onProgress }),
  ]);
  const seeds = nodes.map(({ address }) => address);
  const { path: nodetoolJava } = await javaForNodetool(java);
  return {
    engine: 'jvm',
    owner: process.pid,
    release: version,
    port,
    storagePort,
    directory,
    nodetool: nodetoolCommand({ java: nodetoolJava, jars, directory }),
    nodes: nodes.map((node, index) => {
      const own = join(directory, `n${index + 1}`);
      const jmxPort = jmxPorts[index] ?? 0;
      writeConfiguration(own, { ...node, clusterName, port, storagePort, seeds, index, version, settings });
      const logPath = join(own, 'node.log');
      rmSync(logPath, { force: true });
      const args = serverArguments({ directory: own, jars, heapMb, javaFlags, jmxPort });
      return { ...node, index, jmxPort, logPath, run: { kind: 'process', pid: 0, command: java.path, args } };
    }),
  };
}

/**
 * @param {Plan} plan
 * @param {{ storagePort: number, jmxPorts: number[] }} ports
 * @param {{ image: string, hostNetwork: boolean }} engine
 * @returns {Promise<{ record: import('./record.mjs').RingRecord, launch: () => Promise<void> }>}
 */
async function prepareContainers(plan, { storagePort, jmxPorts }, { image, hostNetwork }) {
  const { nodes, port, directory, heapMb, javaFlags, settings, clusterName, persistent } = plan;
  await removeContainersOf(directory);
  const seeds = nodes.map(({ address }) => address);
  const uid = process.getuid?.() ?? 0;
  const containers = nodes.map((node, index) => ({
    ...node,
    index,
    name: `ringside-${clusterName}-${process.pid}-${index + 1}`,
    image,
    ring: directory,
    clusterName,
    seeds,
    port,
    storagePort,
    jmxPort: jmxPorts[index] ?? 0,
    heapMb,
    javaFlags,
    settings,
    hostNetwork,
    dataDirectory: persistent ? join(directory, `n${index + 1}`) : undefined,
    // The data must stay readable and removable for the user who started it.
    user: persistent && uid !== 0 ? `${uid}:${process.getgid?.() ?? uid}` : undefined,
  }));
  return {
    record: {
      engine: 'docker',
      owner: process.pid,
      release: image,
      port,
      storagePort,
      directory,
      nodetool: [],
      nodes: containers.map(({ index, address, dc, rack, jmxPort, name }) => {
        const logPath = join(directory, `n${index + 1}.log`);
        return { index, address, dc, rack, jmxPort, logPath, run: { kind: 'container', name } };
      }),
    },
    async launch() {
      for (const { dataDirectory } of containers)
        if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
      await Promise.all(containers.map((container) => docker(containerArguments(container))));
    },
  };
}

/**
 * Starts a ring and returns when every node answers and knows the others. The nodes start in parallel: each is a seed with
 * its own tokens, so none waits for another. The ring ends with this process, however that ends.
 * @param {RingOptions} options
 * @returns {Promise<Ring>}
 * @throws {import('../scripts/support/problem.mjs').Problem} for everything that the user can fix
 */
export async function startRing(options) {
  const plan = planOf(options);
  const { nodes, port, directory, persistent, onProgress } = plan;
  const recordPath = join(directory, 'ring.json');
  const choice = await chooseEngine({ wish: options.engine ?? engineWish(), nodes: nodes.length, onProgress });
  await endLeftovers(directory, onProgress);
  if (!persistent && existsSync(directory)) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await checkAddresses(nodes);
  await checkPort(nodes, port);
  const ports = await choosePorts(plan);
  const prepared = choice.engine === 'docker' ? await prepareContainers(plan, ports, choice) : undefined;
  const record = prepared?.record ?? (await prepareProcesses(plan, ports));
  writeRing(recordPath, record);
  guard({ ring: recordPath });
  const ring = ringOf(recordPath, persistent);
  try {
    const controls = nodes.map((_, index) => ring.node(index));
    if (prepared !== undefined) await prepared.launch();
    // Sequentially, because each writes its process id into the record.
    else for (const control of controls) await control.launch();
    const startedAt = performance.now();
    const waiting = () => onProgress(`starting, ${Math.round((performance.now() - startedAt) / 1000)} s so far`);
    await Promise.all(controls.map((control) => control.ready(waiting)));
    await waitForAgreement(nodes, port, options.login);
  } catch (error) {
    await ring.stop();
    throw error;
  }
  return {
    ...ring,
    why: choice.engine === 'docker' ? `containers of ${choice.image}` : `processes, because ${choice.reason}`,
  };
}

/**
 * @param {string} recordPath
 * @param {boolean} persistent
 * @returns {Omit<Ring, 'why'>}
 */
function ringOf(recordPath, persistent) {
  const { engine, release, port, nodes } = readRing(recordPath);
  return {
    engine,
    release,
    recordPath,
    port,
    contactPoints: nodes.map(({ address }) => address),
    logs: nodes.map(({ logPath }) => logPath),
    node: (index) => nodeControl(index, recordPath),
    nodetool: (args, index) => nodetool(recordPath, args, index),
    stop: async () => void (await stopRing(recordPath, persistent ? {} : { graceMs: 0 })),
  };
}
