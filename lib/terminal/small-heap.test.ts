import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { SMALL_HEAP } from './small-heap';

/** Rows that outlive collections of young objects, as those that wait for their answers do; prints the largest heap. */
const STREAMING = `
  const v8 = require('node:v8');
  if (process.argv[1] !== '') v8.setFlagsFromString(process.argv[1]);
  const waiting = [];
  let most = 0;
  for (let row = 0; row < 2_500_000; row++) {
    waiting[row % 250_000] = { row, text: 'a value ' + row, list: [row] };
    if (row % 10_000 === 0) most = Math.max(most, v8.getHeapStatistics().total_heap_size);
  }
  process.stdout.write(String(most));
`;

async function largestHeap(flag: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', STREAMING, '--', flag]);
  return Number(stdout);
}

it('lets a process that streams rows hold less of what it is done with', async () => {
  expect(await largestHeap(SMALL_HEAP)).toBeLessThan(await largestHeap(''));
});
