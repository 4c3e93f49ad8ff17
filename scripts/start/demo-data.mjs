import { join } from 'node:path';
import { ROOT, STATE_DIRECTORY } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { run } from '../support/processes.mjs';
import { say } from '../support/progress.mjs';

/** The prefix of the loader's progress lines. */
const PROGRESS = 'demo data: ';

/**
 * Loads the demo data; the loader skips what exists.
 * @param {{ contactPoints: readonly string[], port: number }} cluster
 * @param {{ signal?: AbortSignal | undefined, onLine?: (line: string) => void }} [options] `onLine` takes its progress
 * @throws {Problem} when it fails; what was loaded stays
 */
export async function loadDemoData({ contactPoints, port }, { signal, onLine = say } = {}) {
  const args = [
    join(ROOT, 'scripts', 'demo', 'load.mjs'),
    '--contact-points',
    contactPoints.join(','),
    '--port',
    String(port),
    '--replication',
    String(Math.min(3, contactPoints.length)),
    '--status-file',
    join(STATE_DIRECTORY, 'demo.json'),
  ];
  const { code, output } = await run(process.execPath, args, {
    cwd: ROOT,
    signal,
    onLine: (line) => onLine(`  ${line}`),
  });
  if (code === 0) return;
  throw new Problem('The demo data could not be loaded.', 'Ringside keeps running. Try again with: npm run demo', {
    cause: reasonIn(output),
  });
}

/**
 * The loader's last progress line says why it gives up; a stack may follow.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output.split('\n');
  const said = lines.findLast((line) => line.startsWith(PROGRESS));
  return said === undefined ? lines.at(-1) : said.slice(PROGRESS.length);
}
