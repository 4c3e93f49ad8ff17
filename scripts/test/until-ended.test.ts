import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';

const MODULE = pathToFileURL(`${ROOT}/scripts/test/until-ended.mjs`);

/** Runs work as the scripts do, and sends a signal for each line that it says. */
async function endOf(work: string, signals: readonly NodeJS.Signals[] = []) {
  const program = `
    import { unlessEnded, untilEnded } from '${MODULE}';
    const forever = () => new Promise(() => setInterval(() => {}, 1_000));
    process.exitCode = await untilEnded(${work});
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  let said = '';
  child.stderr.on('data', (some: Buffer) => {
    said += some.toString();
  });
  createInterface({ input: child.stdout }).once('line', () => {
    for (const signal of signals) child.kill(signal);
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said: said.trim() };
}

describe('tests on nodes that were started for them', () => {
  it.each([
    // `spawn` rejects with an error that has the reason as its cause.
    [
      'while they run',
      `(signal) => { console.log('up'); return unlessEnded(forever(), signal).catch((cause) => { throw new Error('aborted', { cause }); }); }`,
    ],
    ['while their nodes start', `(signal) => { console.log('starting'); return unlessEnded(forever(), signal); }`],
    [
      'and return all the same',
      `async (signal) => { console.log('up'); await unlessEnded(forever(), signal).catch(() => {}); return 0; }`,
    ],
  ])('end with one line and 130 at a Ctrl-C %s, which arrives twice', async (_, work) => {
    expect(await endOf(work, ['SIGINT', 'SIGINT'])).toEqual({
      code: 130,
      said: '✗ The tests were ended by SIGINT. Their nodes end with them.',
    });
  });

  it('end with what they return, or with 1 and the stack of what they did not expect', async () => {
    expect(await endOf('async () => 7')).toEqual({ code: 7, said: '' });
    expect(await endOf(`async () => { throw new RangeError('defect'); }`)).toEqual({
      code: 1,
      said: expect.stringMatching(/^RangeError: defect\n\s+at /),
    });
  });
});
