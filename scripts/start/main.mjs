import { checkNode, install } from '../support/install.mjs';
import { explain } from '../support/problem.mjs';
import { say } from '../support/progress.mjs';
import { listenForEnd } from './end-signals.mjs';
import { startOptions, USAGE } from './options.mjs';
import { clearRunning, findRunning, wasCutOff, writeRunning } from './running.mjs';

/**
 * `npm start` and `npm run dev`. Until the dependencies are installed only Node is available, so the session, which needs
 * them, is imported afterwards.
 * @param {'start' | 'dev'} command
 */
export async function main(command) {
  const interrupted = new AbortController();
  try {
    checkNode();
    const options = startOptions(process.argv.slice(2), process.env);
    if (options === 'help') return say(USAGE);
    const running = await findRunning();
    if (running !== undefined) return say(alreadyRunning(running));
    listenForEnd(interrupted);
    const url = `http://${options.host}:${options.port}`;
    const afterCutOff = wasCutOff();
    writeRunning({ url, ready: false, demo: null });
    await install({ signal: interrupted.signal });
    const { runSession } = await import('./session.mjs');
    await runSession(command, { ...options, afterCutOff }, interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) {
      process.stderr.write(`\n${explain(error)}\n`);
      process.exitCode = 1;
    }
  }
  clearRunning();
  process.exit();
}

/**
 * @param {import('./running.mjs').Running} running
 */
function alreadyRunning({ pid, url, ready }) {
  return ready
    ? `Ringside is already running: ${url}\n(process ${pid}; press Ctrl-C in its terminal to stop it)`
    : `Ringside is already being started by process ${pid}; its page will be ${url}`;
}
