import { Problem, tail } from '../support/problem.mjs';

/** Where in a log the reason stands: a Java stack is long, and the server's last words come after it. */
const LOOKED_AT_LINES = 400;

/**
 * What is known to end a server, by what its log then says.
 * @type {readonly { sign: RegExp, what: string, todo: string }[]}
 */
const CAUSES = [
  {
    sign: /Address already in use|BindException|Port already in use/i,
    what: 'one of its ports is in use by another program',
    todo: 'End that program (`ss -ltnp` shows who listens where) and start again.',
  },
  {
    sign: /java\.lang\.OutOfMemoryError|Could not reserve enough space|Cannot allocate memory|insufficient memory|errno=12/i,
    what: 'there was too little memory',
    todo: 'Close something that uses memory (Cassandra wants about 1.2 GB a node) and start again.',
  },
  {
    sign: /No space left on device|FSWriteError|FSDiskFullWriteError/i,
    what: 'the disk is full',
    todo: 'Make room and start again.',
  },
  {
    sign: /CommitLogReplayException|CorruptSSTableException|Could not read commit log descriptor/i,
    what: 'its data is damaged, as after a power cut',
    todo: 'Delete the data folder: the demo data is loaded again.',
  },
];

/**
 * @param {readonly string[]} lines the end of a server's log
 * @returns {{ what: string, todo: string } | undefined}
 */
export function causeOfDeath(lines) {
  // What it says as information holds all of these words too: its own arguments, for one.
  const text = lines.filter((line) => !/^(INFO|DEBUG) /.test(line)).join('\n');
  return CAUSES.find(({ sign }) => sign.test(text));
}

/**
 * A Cassandra that ended though nobody asked it to, as a problem that a person can act on.
 * @param {{ name: string, logPath: string, directory: string }} server name such as "127.0.0.1:9142"
 * @returns {Problem}
 */
export function deathOf({ name, logPath, directory }) {
  const cause = causeOfDeath(tail(logPath, LOOKED_AT_LINES));
  return new Problem(
    `Cassandra at ${name} ended${cause === undefined ? '' : `: ${cause.what}`}.`,
    cause?.todo ??
      `Where its log does not say why, something ended it from outside: a person, or the system for lack of memory. Start again; if it ends each time, delete ${directory}: the demo data is loaded again.`,
    { logPath },
  );
}
