import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { SMALL_HEAP } from './small-heap';

const run = promisify(execFile);

// What it saves depends on how fast collections are beside the rows, so the benchmark of loads measures it.
it('is an option that this release of Node knows, and refuses if misspelt', async () => {
  await expect(run(process.execPath, [SMALL_HEAP, '-e', ''])).resolves.toBeDefined();
  await expect(run(process.execPath, [SMALL_HEAP.replace('=', '-x='), '-e', ''])).rejects.toThrow('bad option');
});
