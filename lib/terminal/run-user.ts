import 'server-only';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readSignIn } from '@/lib/config';
import { userFilePath } from '@/lib/sign-in/server-sign-in';
import { UserFile } from '@/lib/sign-in/user-file';
import type { UserArguments } from './arguments';
import type { Reporter } from './reporter';
import { UsageError } from './usage';

interface Asking {
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Lists, adds or removes local users. A running Ringside knows within seconds.
 * @throws Failure `invalid_request`, `storage_failed`; UsageError
 */
export async function runUser(given: UserArguments, { reporter, signal }: Asking): Promise<void> {
  const users = new UserFile(given.users ?? userFilePath(readSignIn()));
  await users.refresh();
  switch (given.action) {
    case 'list':
      process.stdout.write(users.names.map((name) => `${name}\t${users.groupsOf(name)?.join(',') ?? ''}\n`).join(''));
      return;
    case 'remove':
      if (!(await users.remove(given.name))) throw new UsageError(`There is no user ${given.name}.`);
      reporter.note(`✓ ${given.name} can no longer sign in`);
      return;
    case 'add': {
      const isNew = users.groupsOf(given.name) === undefined;
      const groups = (given.groups ?? '').split(',').flatMap((group) => group.trim() || []);
      await users.put(given.name, await newPassword(signal), groups);
      reporter.note(isNew ? `✓ ${given.name} can sign in` : `✓ ${given.name} has another password`);
      return;
    }
    default:
      given.action satisfies never;
  }
}

/** Asked for twice and not shown; or the first line of standard input. */
async function newPassword(signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
  const password = await asked('Password: ', signal);
  if ((await asked('Once more: ', signal)) === password) return password;
  throw new UsageError('The two passwords differ. Nothing was changed.');
}

async function asked(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('', { signal });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
