import { createInterface } from 'node:readline';
import { connectTestRequestSchema } from '@/lib/contract/connect';
import { testConnection } from './connect-test';

/**
 * The connection test as a program: the request is one line of JSON on standard input, which keeps passwords out of
 * arguments and environment. Each line that it writes is the response so far.
 */

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => void run(line));
// The parent process is gone, or no longer wants a response.
lines.once('close', () => process.exit());

async function run(line: string): Promise<void> {
  const target = connectTestRequestSchema.parse(JSON.parse(line));
  const tell = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  const answer = await testConnection(target, (steps) =>
    tell({ ok: false, steps, release: null, clusterName: null, datacenters: [] }),
  );
  await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(answer)}\n`, () => resolve()));
  process.exit();
}
