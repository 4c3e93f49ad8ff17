import { say } from '../support/progress.mjs';
import { ringEnvironment, startTestRing } from './ring.mjs';

/** Starts the ring of the tests and keeps it until a signal ends this process. */
export async function keepTestRing() {
  const ended = new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, resolve);
  });
  const ring = await startTestRing();
  try {
    const variables = Object.entries(ringEnvironment(ring)).map(([name, value]) => `${name}='${value}'`);
    say('\nIn another terminal:\n');
    say(`  export ${variables.join(' ')}`);
    say("  npx vitest run --project 'integration*' lib/cassandra/read/pages\n");
    say('Ctrl-C ends the ring.');
    await ended;
  } finally {
    await ring.stop();
  }
}
