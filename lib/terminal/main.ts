import 'server-only';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { parseArguments } from './arguments';
import { UsageError } from './usage';

const { version } = z.object({ version: z.string() }).parse(createRequire(import.meta.url)('../../package.json'));
try {
  const command = parseArguments(process.argv.slice(2), version);
  if (command.kind === 'say') process.stdout.write(command.text);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
