import { relative } from 'node:path';
import { ROOT } from '../scripts/support/paths.mjs';
import { Problem, tail } from '../scripts/support/problem.mjs';

/** How far back in a log the reason may be: a Java stack is long, and the server's last lines follow it. */
const LOOKED_AT_LINES = 400;

const READ_LESS =
  'What it was doing did not fit its memory limit, even if the machine has more. Ask for less at once, for example fewer rows per page when rows are large.';

/**
 * Known causes of a server's end, recognised by its log.
 * @type {readonly { sign: RegExp, what: string, todo: string }[]}
 */
const CAUSES = [
  {
    sign: /Address already in use|BindException|Port already in use/i,
    what: 'one of its ports is in use by another program',
    todo: 'Stop that program (`ss -ltnp` shows who listens where).',
  },
  {
    sign: /OutOfMemoryError: (Java heap space|GC overhead limit exceeded|Requested array size exceeds)/,
    what: 'its heap was full',
    todo: READ_LESS,
  },
  {
    // Of JDK 11 and 17: java.nio.Bits.reserveMemory.
    sign: /OutOfMemoryError: (Direct buffer memory|Cannot reserve \d+ bytes of direct buffer memory)/,
    what: 'its buffer memory, which is limited like its heap, was full',
    todo: READ_LESS,
  },
  {
    sign: /Could not reserve enough space|Cannot allocate memory|insufficient memory|errno=12/i,
    what: 'the machine ran out of memory',
    todo: 'Close something that uses memory: Cassandra needs about 1.2 GB per node.',
  },
  {
    sign: /unable to create (new )?native thread/i,
    what: 'the system refused to give it more threads',
    todo: 'Stop other programs of this user, or raise the limit (`ulimit -u` shows it).',
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
 * @returns {{ what: string, todo: string } | undefined}
 */
export function causeOfDeath(lines) {
  const text = lines.filter(isTrouble).join('\n');
  return CAUSES.find(({ sign }) => sign.test(text));
}

/**
 * Describes a Cassandra that ended unexpectedly as a problem the user can act on.
 * @param {{ name: string, logPath: string, directory: string }} server name such as "127.0.0.1:9142"
 * @returns {Problem}
 */
export function deathOf({ name, logPath, directory }) {
  const cause = causeOfDeath(tail(logPath, LOOKED_AT_LINES));
  // A killed server's last lines are about routine work.
  const hasWords = tail(logPath).some(isTrouble);
  return new Problem(
    `Cassandra at ${name} ended${cause === undefined ? '' : `: ${cause.what}`}.`,
    cause?.todo ?? `${hasWords ? SEE_LOG : NO_WORDS} ${keepsEnding(relative(ROOT, directory))}`,
    hasWords ? { logPath } : {},
  );
}

const SEE_LOG = 'The end of its log may say why.';
const NO_WORDS =
  'Its log does not say why, so something killed it: a person, or a system short of memory (`dmesg` lists what it kills).';

/** @param {string} directory */
function keepsEnding(directory) {
  return `If it keeps ending, delete ${directory}: the demo data will be loaded again.`;
}
