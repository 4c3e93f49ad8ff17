import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { connectTestRequestSchema } from '@/lib/contract/connect';
import { networksSchema } from '@/lib/contract/networks';
import { testConnection } from './connect-test';

/**
 * The connection test as a program: the request is one line of JSON on standard input, which keeps passwords out of
 * arguments and environment. Each line that it writes is the response so far.
 */

const inputSchema = z.object({ target: connectTestRequestSchema, networks: z.optional(networksSchema) });

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => void run(line));
// The parent process is gone, or no longer wants a response.
lines.once('close', () => process.exit());

async function run(line: string): Promise<void> {
  const { target, networks } = inputSchema.parse(JSON.parse(line));
  const tell = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  const onSteps = (steps: readonly object[]) =>
    tell({ ok: false, steps, release: null, clusterName: null, datacenters: [] });
  const answer = await testConnection(target, onSteps, networks);
  await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(answer)}\n`, () => resolve()));
  process.exit();
}
