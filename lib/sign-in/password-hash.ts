import 'server-only';
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's password storage cheat sheet: 32 MiB and three rounds cost as much as one round of 128 MiB. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** Node refuses what needs more than this; scrypt needs 128 × N × r bytes. */
const MOST_MEMORY_BYTES = 64 * 1024 * 1024;
/** Passwords that wait for their turn; more are refused, so that a flood of them holds no memory. */
const MOST_WAITING = 8;

const FORM = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9_-]{16,64})\$([A-Za-z0-9_-]{22,128})$/;

/** Too many passwords wait to be checked. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash as base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derived(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether the password has this hash. Without one it takes as long and is false: who asks cannot learn from the time
 * whether a name is known.
 * @throws TooBusy
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const parsed = parseHash(hash ?? SHAM);
  if (parsed === null) throw new Error('A password’s hash is damaged: set the password once more.');
  const { salt, expected, ...cost } = parsed;
  const actual = await derived(password, salt, cost);
  return timingSafeEqual(actual, expected) && hash !== undefined;
}

/** Whether a text is a hash that {@link isPassword} can check. */
export function isHash(text: string): boolean {
  return parseHash(text) !== null;
}

/** The hash of no password: nobody knows what gives 32 zero bytes. */
const SHAM = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

interface ParsedHash {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
}

function parseHash(text: string): ParsedHash | null {
  const [, n = '', r = '', p = '', salt = '', hash = ''] = FORM.exec(text) ?? [];
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const isPowerOfTwo = cost.N > 1 && (cost.N & (cost.N - 1)) === 0;
  if (expected.length !== HASH_BYTES || !isPowerOfTwo || cost.r < 1 || cost.p < 1 || cost.p > 16) return null;
  if (128 * cost.N * cost.r >= MOST_MEMORY_BYTES) return null;
  return { ...cost, salt: Buffer.from(salt, 'base64url'), expected };
}

let turn: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** One at a time: each takes 32 MiB and a core for a moment. */
async function derived(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  if (waiting >= MOST_WAITING) throw new TooBusy('Too many passwords wait to be checked.');
  waiting++;
  const done = turn.then(() => scrypted(password, salt, cost));
  turn = done.catch(() => undefined);
  try {
    return await done;
  } finally {
    waiting--;
  }
}

function scrypted(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const options = { ...cost, maxmem: MOST_MEMORY_BYTES };
  // The same letters can be typed in several ways: RFC 8265 compares passwords in form C.
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    ),
  );
}
