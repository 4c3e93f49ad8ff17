import { relative } from 'node:path';
import { ROOT } from '../scripts/support/paths.mjs';
import { Problem, tail } from '../scripts/support/problem.mjs';

/** Where in a log the reason stands: a Java stack is long, and the server's last words come after it. */
const LOOKED_AT_LINES = 400;

const READ_LESS =
  'What it was asked for at that moment did not fit. The machine need not be short of memory: ask for less at once, such as fewer rows a page where rows are large.';

/**
 * What is known to end a server, by what its log then says.
 * @type {readonly { sign: RegExp, what: string, todo: string }[]}
 */
const CAUSES = [
  {
    sign: /Address already in use|BindException|Port already in use/i,
    what: 'one of its ports is in use by another program',
    todo: 'End that program (`ss -ltnp` shows who listens where).',
  },
  {
    sign: /OutOfMemoryError: (Java heap space|GC overhead limit exceeded|Requested array size exceeds)/,
    what: 'its heap was full',
    todo: READ_LESS,
  },
  {
    // Of JDK 11 and 17: java.nio.Bits.reserveMemory.
    sign: /OutOfMemoryError: (Direct buffer memory|Cannot reserve \d+ bytes of direct buffer memory)/,
    what: 'its memory for buffers, which is limited like its heap, was full',
    todo: READ_LESS,
  },
  {
    sign: /Could not reserve enough space|Cannot allocate memory|insufficient memory|errno=12/i,
    what: 'the machine had no memory left for it',
    todo: 'Close something that uses memory: Cassandra needs about 1.2 GB a node.',
  },
  {
    sign: /unable to create (new )?native thread/i,
    what: 'the system allows it no more threads',
    todo: 'End other programs of this user, or raise the limit (`ulimit -u` shows it).',
  },
  {
    sign: /No space left on device|FSWriteError|FSDiskFullWriteError/i,
    what: 'the disk is full',
    todo: 'Make room on the disk.',
  },
  {
    sign: /CommitLogReplayException|CorruptSSTableException|Could not read commit log descriptor/i,
    what: 'its data is damaged, as after a power cut',
    todo: 'Delete the data folder: the demo data is loaded again.',
  },
];

/**
 * What a server says as information holds the words of every cause too: its own arguments, for one.
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
 * A Cassandra that ended though nobody asked it to, as a problem that a person can act on.
 * @param {{ name: string, logPath: string, directory: string }} server name such as "127.0.0.1:9142"
 * @returns {Problem}
 */
export function deathOf({ name, logPath, directory }) {
  const cause = causeOfDeath(tail(logPath, LOOKED_AT_LINES));
  // The last words of a server that was killed are about its daily work.
  const hasWords = tail(logPath).some(isTrouble);
  return new Problem(
    `Cassandra at ${name} ended${cause === undefined ? '' : `: ${cause.what}`}.`,
    cause?.todo ?? `${hasWords ? SEE_LOG : NO_WORDS} ${keepsEnding(relative(ROOT, directory))}`,
    hasWords ? { logPath } : {},
  );
}

const SEE_LOG = 'The end of its log may say why.';
const NO_WORDS =
  'Its log does not say why: something outside ended it, a person or a system short of memory (`dmesg` names what that ends).';

/** @param {string} directory */
function keepsEnding(directory) {
  return `If it keeps ending, delete ${directory}: the demo data will be loaded again.`;
}
