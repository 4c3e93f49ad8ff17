import { writeFileSync } from 'node:fs';
import { outputOf, run } from '../scripts/support/processes.mjs';
import { heapFlags, startupProperties } from './java-flags.mjs';
import { COMMON_SETTINGS, TOKENS_PER_NODE, tokensOf } from './settings.mjs';

/** The label with the ring's folder, which says which ring a container belongs to. */
const LABEL = 'ringside.ring';

/** A pull that is silent for this long cannot reach a registry. */
const PULL_STALL_MS = 60_000;

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function imageName(env = process.env) {
  return env.RINGSIDE_CASSANDRA_IMAGE || 'cassandra:5.0';
}

/**
 * @typedef {object} Engine
 * @property {string} version
 * @property {boolean} hostNetwork whether containers can share this machine's addresses; if not, only one node can be reached, through a published port
 */

/**
 * Whether containers get this machine's network with `--network host`: not from Docker Desktop (a virtual machine), nor
 * from a rootless engine (its own network), nor from a remote engine.
 * @param {{ platform: string, operatingSystem: string, securityOptions: string, dockerHost: string | undefined }} facts
 * @returns {boolean}
 */
export function sharesNetwork({ platform, operatingSystem, securityOptions, dockerHost }) {
  if (platform !== 'linux' || /docker desktop/i.test(operatingSystem) || /rootless/.test(securityOptions)) return false;
  return dockerHost === undefined || dockerHost === '' || dockerHost.startsWith('unix:');
}

/**
 * The container engine of this machine, if one answers.
 * @returns {Promise<Engine | undefined>}
 */
export async function findEngine() {
  const { DOCKER_HOST: dockerHost } = process.env;
  // A remote engine has its own loopback addresses: nothing started there could be reached from here.
  if (dockerHost && !/^(unix|npipe):/.test(dockerHost)) return undefined;
  const format = '{{.ServerVersion}}\t{{.OperatingSystem}}\t{{.SecurityOptions}}';
  const answer = await outputOf('docker', ['info', '--format', format], { timeoutMs: 8000 });
  const [version = '', operatingSystem = '', securityOptions = ''] = (answer ?? '').trim().split('\t');
  if (version === '') return undefined;
  return {
    version,
    hostNetwork: sharesNetwork({ platform: process.platform, operatingSystem, securityOptions, dockerHost }),
  };
}

/**
 * @param {string} image
 * @returns {Promise<boolean>}
 */
export async function hasImage(image) {
  return (await outputOf('docker', ['image', 'inspect', '--format', '{{.Id}}', image])) !== undefined;
}

/**
 * Pulls an image from its registry.
 * @param {string} image
 * @param {(text: string) => void} onProgress
 * @returns {Promise<string | undefined>} why it failed, undefined on success
 */
export async function pullImage(image, onProgress) {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error('the registry does not answer')), PULL_STALL_MS);
  try {
    const { code, output } = await run('docker', ['pull', image], {
      signal: silent.signal,
      onLine: (line) => {
        timer.refresh();
        onProgress(line);
      },
    });
    return code === 0 ? undefined : (output.split('\n').at(-1) ?? `docker pull ended with ${code}`);
  } catch (error) {
    return silent.signal.aborted ? String(silent.signal.reason.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @typedef {object} ContainerNode
 * @property {string} name of the container
 * @property {string} image
 * @property {string} ring the ring's folder
 * @property {string} clusterName
 * @property {number} index
 * @property {string} address
 * @property {string} dc
 * @property {string} rack
 * @property {readonly string[]} seeds
 * @property {number} port
 * @property {number} storagePort
 * @property {number} jmxPort
 * @property {number} heapMb
 * @property {readonly string[]} javaFlags
 * @property {Readonly<Record<string, string>>} settings of cassandra.yaml
 * @property {boolean} hostNetwork
 * @property {string | undefined} dataDirectory on this machine; undefined: the data is removed with the container
 * @property {string | undefined} user `uid:gid` that owns the data
 */

/**
 * The arguments of `docker run` for one node: the official image's variables, and JVM_EXTRA_OPTS for settings without one.
 * @param {ContainerNode} node
 * @returns {string[]}
 */
export function containerArguments(node) {
  const environment = environmentOf(node);
  return [
    'run',
    '--detach',
    '--name',
    node.name,
    '--label',
    `${LABEL}=${node.ring}`,
    ...(node.hostNetwork ? ['--network', 'host'] : ['--publish', `127.0.0.1:${node.port}:9042`]),
    ...(node.user === undefined ? [] : ['--user', node.user]),
    ...(node.dataDirectory === undefined ? [] : ['--volume', `${node.dataDirectory}:/var/lib/cassandra`]),
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    node.image,
  ];
}

/**
 * What the image is configured with.
 * @param {ContainerNode} node
 * @returns {Record<string, string>}
 */
function environmentOf(node) {
  // In its own network the node has its own loopback address and the usual port.
  const address = node.hostNetwork ? node.address : undefined;
  const settings = {
    ...COMMON_SETTINGS,
    ...node.settings,
    ...(node.hostNetwork ? { native_transport_port: node.port, storage_port: node.storagePort } : {}),
  };
  return {
    CASSANDRA_CLUSTER_NAME: node.clusterName,
    CASSANDRA_DC: node.dc,
    CASSANDRA_RACK: node.rack,
    CASSANDRA_ENDPOINT_SNITCH: 'GossipingPropertyFileSnitch',
    CASSANDRA_NUM_TOKENS: String(TOKENS_PER_NODE),
    MAX_HEAP_SIZE: `${node.heapMb}M`,
    HEAP_NEWSIZE: `${Math.round(node.heapMb / 4)}M`,
    ...(address === undefined
      ? {}
      : {
          CASSANDRA_LISTEN_ADDRESS: address,
          CASSANDRA_BROADCAST_ADDRESS: address,
          CASSANDRA_RPC_ADDRESS: address,
          CASSANDRA_BROADCAST_RPC_ADDRESS: address,
          CASSANDRA_SEEDS: node.seeds.map((seed) => `${seed}:${node.storagePort}`).join(','),
        }),
    JVM_EXTRA_OPTS: [
      ...heapFlags(node.heapMb),
      ...node.javaFlags,
      ...startupProperties(node.jmxPort),
      `-Dcassandra.initial_token=${tokensOf(node.index).join(',')}`,
      '-Dcassandra.config.allow_system_properties=true',
      ...Object.entries(settings).map(([name, value]) => `-Dcassandra.settings.${name}=${value}`),
    ].join(' '),
  };
}

/**
 * A docker command that must succeed.
 * @param {readonly string[]} args
 * @returns {Promise<string>} its output
 */
export async function docker(args) {
  const { code, output } = await run('docker', args);
  if (code !== 0) throw new Error(`docker ${args[0]} failed: ${output}`);
  return output;
}

/**
 * @param {string} name
 * @returns {Promise<string>} the container's state (running, paused, exited …); `absent` if there is none
 */
export async function containerState(name) {
  return (await outputOf('docker', ['inspect', '--format', '{{.State.Status}}', name]))?.trim() ?? 'absent';
}

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether the kernel ended the container because it reached its memory limit
 */
export async function wasKilledForMemory(name) {
  return (await outputOf('docker', ['inspect', '--format', '{{.State.OOMKilled}}', name]))?.trim() === 'true';
}

/**
 * Writes a container's log since its last start to a file.
 * @param {string} name
 * @param {string} path
 */
export async function saveContainerLog(name, path) {
  const started = (await outputOf('docker', ['inspect', '--format', '{{.State.StartedAt}}', name]))?.trim();
  const since = started === undefined ? [] : ['--since', started];
  const { output } = await run('docker', ['logs', '--tail', '2000', ...since, name]);
  writeFileSync(path, `${output}\n`);
}

/**
 * Removes containers with their anonymous volumes.
 * @param {string} ring the ring's folder
 * @returns {Promise<number>} how many there were
 */
export async function removeContainersOf(ring) {
  const listed = await outputOf('docker', ['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${ring}`]);
  const ids = (listed ?? '').split('\n').filter((id) => id !== '');
  if (ids.length > 0) await docker(['rm', '--force', '--volumes', ...ids]);
  return ids.length;
}
