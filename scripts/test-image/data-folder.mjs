import { run } from '../support/processes.mjs';
import { until } from '../support/until.mjs';
import { check, docker, HARD, READY_MS, TAG } from './engine.mjs';

const NAME = `ringside-test-data-${process.pid}`;
const LATER = '9.9.9';

/** A data folder that a later version wrote: a later layout is refused and stays as it is, the same layout is used. */
export async function tryDataFolder() {
  const volume = ['-v', `${NAME}:/data`];
  const inVolume = (/** @type {string} */ script) => docker('run', '--rm', ...volume, TAG, 'sh', '-c', script);
  const mark = (/** @type {number} */ layout) => JSON.stringify({ layout, ringside: LATER });
  try {
    await inVolume(`echo '${mark(2)}' > /data/layout.json`);
    const { code, output } = await run('docker', ['run', '--name', NAME, ...HARD, ...volume, TAG]);
    check(code === 1 && output.includes(`written by Ringside ${LATER}`), 'refuses a data folder of a later layout');
    await docker('rm', NAME);
    check((await inVolume('cat /data/layout.json; ls /data')) === `${mark(2)}\nlayout.json`, 'and leaves it as it is');
    await inVolume(`echo '${mark(1)}' > /data/layout.json`);
    await docker('run', '--detach', '--name', NAME, ...HARD, ...volume, TAG);
    const isWell = () => run('docker', ['exec', NAME, 'node', 'server/healthy.mjs']).then(({ code: is }) => is === 0);
    check((await until(isWell, { timeoutMs: READY_MS })) === true, 'uses one of the same layout');
  } finally {
    await run('docker', ['rm', '--force', '--volumes', NAME]);
    await run('docker', ['volume', 'rm', NAME]);
  }
}
