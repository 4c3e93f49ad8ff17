import 'server-only';
import { readFile } from 'node:fs/promises';
import { isTokenText } from '@/lib/sign-in/token-text';
import { UsageError } from './usage';

/**
 * The API token for a running Ringside; null: none was given, and where nobody signs in none is needed. It is no argument,
 * because every user of a machine can read those.
 * @throws UsageError when the file cannot be read, what was given is not a whole token, or the way to the server is not
 *   encrypted: then it is sent nowhere
 */
export async function tokenFor(
  { server, tokenFile }: { readonly server: string; readonly tokenFile?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const from = tokenFile === undefined ? 'RINGSIDE_TOKEN' : tokenFile;
  const given = tokenFile === undefined ? env.RINGSIDE_TOKEN : await textOf(tokenFile);
  const text = given?.trim() ?? '';
  if (text === '' && tokenFile === undefined) return null;
  if (isTokenText(text) && isSafe(server)) return text;
  if (isTokenText(text)) {
    throw new UsageError(`The API token was not sent: ${server} would get it unencrypted. Use its https:// address.`);
  }
  throw new UsageError(
    `${from} has no API token of Ringside, or not all of it. One begins with rs_ and has 52 characters.`,
  );
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
}

/** Nobody listens on the way to this machine itself. */
function isSafe(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
