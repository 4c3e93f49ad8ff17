import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Writes lib/sign-in/common-passwords.ts from a list of passwords, the most common first, one a line:
 *
 *     node scripts/common-passwords.mjs 10-million-password-list-top-1000000.txt
 *
 * The list is one of SecLists (danielmiessler/SecLists, MIT). Only hashes are kept: nobody wants to read the words.
 */

const MOST = 10_000;
/** As in lib/sign-in/password-rules.ts. */
const SHORTEST = 12;
const HASH_BYTES = 5;
const LINE_CHARACTERS = 100;

const [, , path] = argv;
if (path === undefined) {
  console.error('usage: node scripts/common-passwords.mjs LIST');
  exit(2);
}
const forms = readFileSync(path, 'utf8')
  .split(/\r?\n/)
  .filter((password) => [...password].length >= SHORTEST)
  .map((password) => password.normalize('NFC').toLowerCase());
const hashes = [...new Set(forms)]
  .slice(0, MOST)
  .map((form) => createHash('sha256').update(form).digest().subarray(0, HASH_BYTES))
  .toSorted(Buffer.compare);
const text = Buffer.concat(hashes).toString('base64');
const lines = text.match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? [];
const module = `import 'server-only';

/**
 * The ${hashes.length} most common passwords with ${SHORTEST} characters or more, as scripts/common-passwords.mjs makes them from a list of
 * SecLists (MIT): of each, in lower case, the first ${HASH_BYTES} bytes of its SHA-256, in order, all of them as base64.
 */
export const COMMON_HASHES = \`
${lines.join('\n')}
\`;
export const COMMON_HASH_BYTES = ${HASH_BYTES};
`;
writeFileSync(fileURLToPath(new URL('../lib/sign-in/common-passwords.ts', import.meta.url)), module);
