import 'server-only';
import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage';

interface Asking {
  /** Such as `Run 3 statements?`. */
  readonly question: string;
  /** What must be typed; null: `yes`. */
  readonly confirmName: string | null;
}

/** The name that confirms what was shown, where it needs one. @throws UsageError where nobody can be asked, or says no */
export async function confirmedBy(
  { question, confirmName }: Asking,
  { yes, confirm }: { readonly yes: boolean; readonly confirm?: string | undefined },
  signal: AbortSignal,
): Promise<string | undefined> {
  if (confirmName !== null && confirm === confirmName) return confirmName;
  if (confirmName === null && yes) return undefined;
  const word = confirmName ?? 'yes';
  if (!process.stdin.isTTY) {
    const flag = confirmName === null ? '--yes' : `--confirm ${confirmName}`;
    throw new UsageError(`Nothing was run: review the statements above, and pass ${flag} to run them.`);
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await lines.question(`${question} Type ${word}: `, { signal })).trim() === word)
      return confirmName ?? undefined;
  } finally {
    lines.close();
  }
  throw new UsageError('Nothing was run.');
}
