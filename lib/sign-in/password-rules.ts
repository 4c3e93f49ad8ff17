import 'server-only';
import { createHash } from 'node:crypto';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@/lib/contract/sign-in';

/** Everybody who attacks a Ringside tries these. */
const KNOWN_WORDS = ['ringside', 'cassandra', 'password'];
/** What a password must have besides such words. */
const OWN_CHARACTERS = 8;
/** A shorter part of a name may stand in a password by chance. */
const SHORTEST_WORD = 3;

/**
 * What keeps a text from being the password of a user, each without a full stop; none: it may be. The list of common
 * passwords is loaded here, and stays nowhere else.
 */
export async function passwordFaults(password: string, user: string): Promise<string[]> {
  const characters = [...password].length;
  if (characters < SHORTEST_PASSWORD) return [`a password has at least ${SHORTEST_PASSWORD} characters`];
  if (password.length > LONGEST_PASSWORD) return [`a password has at most ${LONGEST_PASSWORD} characters`];
  const form = password.normalize('NFC').toLowerCase();
  if (await isCommon(form)) return ['this password is one of the 10,000 most common ones'];
  if ([...withoutWords(form, user)].length >= OWN_CHARACTERS) return [];
  return [
    `a password has at least ${OWN_CHARACTERS} characters besides the user’s name and the words ${KNOWN_WORDS.join(', ')}`,
  ];
}

function withoutWords(form: string, user: string): string {
  const words = [...KNOWN_WORDS, user, ...user.split(/[._@+-]/)].filter(({ length }) => length >= SHORTEST_WORD);
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), form);
}

/** @param form in lower case */
async function isCommon(form: string): Promise<boolean> {
  const { COMMON_HASHES, COMMON_HASH_BYTES } = await import('./common-passwords');
  const hashes = Buffer.from(COMMON_HASHES, 'base64');
  const hash = createHash('sha256').update(form).digest().subarray(0, COMMON_HASH_BYTES);
  let [low, high] = [0, hashes.length / COMMON_HASH_BYTES];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = middle * COMMON_HASH_BYTES;
    const order = hashes.compare(hash, 0, COMMON_HASH_BYTES, at, at + COMMON_HASH_BYTES);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
