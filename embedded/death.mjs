import { relative } from 'node:path';
import { ROOT } from '../scripts/support/paths.mjs';
import { Problem, tail } from '../scripts/support/problem.mjs';

/** How far back in a log the reason may be: a Java stack is long, and the server's last lines follow it. */
const LOOKED_AT_LINES = 400;

const READ_LESS =
  'One request needed more than Cassandra’s own memory limit, whatever the machine has free. Ask for less at once, for example fewer rows per page where rows are large.';

/** What a node needs, heap included. */
const NODE_MB = 1200;
/** With so much free after a node has ended, the machine did not run out. */
const PLENTY_MB = 3 * NODE_MB;

/**
 * What is known besides the log.
 * @typedef {object} Evidence
 * @property {number} freeMb memory that is available now
 * @property {boolean} killedForMemory the kernel has killed a process for lack of memory meanwhile, or this container
 */

/**
 * @param {Evidence} evidence
 * @returns {string}
 */
function machineMemory({ freeMb, killedForMemory }) {
  if (killedForMemory || freeMb < PLENTY_MB) {
    return `Close something that uses memory: Cassandra needs about ${NODE_MB / 1000} GB per node.`;
  }
  return `The machine has ${Math.floor(freeMb / 1024)} GB free, so a limit on this user or container stopped it: look at \`ulimit -a\` and the container's memory limit.`;
}

/**
 * Known causes of a server's end, recognised by its log; the first match counts.
 * @type {readonly { sign: RegExp, what: string, todo: string | ((evidence: Evidence) => string) }[]}
 */
const CAUSES = [
  {
    sign: /Address already in use|BindException|Port already in use/i,
    what: 'one of its ports is in use by another program',
    todo: 'Stop that program (`ss -ltnp` shows who listens where).',
  },
  {
    // Of JDK 11 and 17: java.nio.Bits.reserveMemory. Cassandra then fills its heap to end the JVM
    // (JVMStabilityInspector.forceHeapSpaceOomMaybe), so this comes before the heap.
    sign: /OutOfMemoryError: (Direct buffer memory|Cannot reserve \d+ bytes of direct buffer memory)/,
    what: 'its buffer memory, which is limited like its heap, was full',
    todo: READ_LESS,
  },
  {
    sign: /OutOfMemory(Error| encountered): (Java heap space|GC overhead limit exceeded|Requested array size exceeds)/,
    what: 'its heap was full',
    todo: READ_LESS,
  },
  {
    sign: /OutOfMemoryError: Map failed/,
    what: 'the system refused to map more of its files into memory',
    todo: 'Raise vm.max_map_count (`sysctl vm.max_map_count` shows it).',
  },
  {
    sign: /unable to create (new )?native thread/i,
    what: 'the system refused to give it more threads',
    todo: 'Stop other programs of this user, or raise the limit (`ulimit -u` shows it).',
  },
  {
    // The JVM's own words when the system gives it no memory (hs_err, os::commit_memory).
    sign: /Could not reserve enough space|Cannot allocate memory|insufficient memory|errno=12\b/i,
    what: 'the system gave it no more memory',
    todo: machineMemory,
  },
  {
    sign: /No space left on device|FSWriteError|FSDiskFullWriteError/i,
    what: 'the disk is full',
    todo: 'Free some disk space.',
  },
  {
    sign: /CommitLogReplayException|CorruptSSTableException|Could not read commit log descriptor/i,
    what: 'its data is damaged, for example by a power cut',
    todo: 'Delete the data folder: the demo data will be loaded again.',
  },
];

/**
 * Informational lines can contain the words of any cause, for example the server's own arguments.
 * @param {string} line
 */
function isTrouble(line) {
  return !/^(INFO|DEBUG) /.test(line);
}

/**
 * @param {readonly string[]} lines the end of a server's log
 * @param {Evidence} evidence
 * @returns {{ what: string, todo: string } | undefined}
 */
export function causeOfDeath(lines, evidence) {
  const text = lines.filter(isTrouble).join('\n');
  const cause = CAUSES.find(({ sign }) => sign.test(text));
  if (cause !== undefined) {
    const { what, todo } = cause;
    return { what, todo: typeof todo === 'string' ? todo : todo(evidence) };
  }
  // A killed server has no last words.
  if (!evidence.killedForMemory) return undefined;
  return { what: 'the system killed it because memory ran out', todo: machineMemory(evidence) };
}

/**
 * Describes a Cassandra that ended unexpectedly as a problem the user can act on.
 * @param {{ name: string, logPath: string, directory: string, evidence: Evidence }} server name such as "127.0.0.1:9142"
 * @returns {Problem}
 */
export function deathOf({ name, logPath, directory, evidence }) {
  const cause = causeOfDeath(tail(logPath, LOOKED_AT_LINES), evidence);
  // A killed server's last lines are about routine work.
  const hasWords = tail(logPath).some(isTrouble);
  return new Problem(
    `Cassandra at ${name} ended${cause === undefined ? '' : `: ${cause.what}`}.`,
    cause?.todo ?? `${hasWords ? SEE_LOG : NO_WORDS} ${keepsEnding(relative(ROOT, directory))}`,
    hasWords ? { logPath } : {},
  );
}

const SEE_LOG = 'The end of its log may say why.';
const NO_WORDS = 'Its log does not say why, so something killed it: a person, a program, or a system short of memory.';

/** @param {string} directory */
function keepsEnding(directory) {
  return `If it keeps ending, delete ${directory}: the demo data will be loaded again.`;
}
