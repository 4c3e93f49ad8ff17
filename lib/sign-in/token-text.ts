import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** Scanners of repositories look for it, and nothing else in Ringside begins with it. */
const PREFIX = 'rs_';
const SECRET_BYTES = 32;
/** 62 to the power of 43 is more than 2 to the power of 256. */
const SECRET_CHARACTERS = 43;
/** Of 32 bits. */
const CHECK_CHARACTERS = 6;
/** Letters and digits alone, so that a double click selects all of it. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TEXT = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_CHARACTERS + CHECK_CHARACTERS}}$`);

/** The text of a new API token: the prefix, 256 random bits, and a checksum that finds what was mistyped or cut off. */
export function newTokenText(): string {
  const secret = inDigits(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_CHARACTERS);
  return `${PREFIX}${secret}${checkOf(secret)}`;
}

/** Whether a text can be an API token at all. */
export function isTokenText(text: string): boolean {
  if (!TEXT.test(text)) return false;
  const secret = text.slice(PREFIX.length, PREFIX.length + SECRET_CHARACTERS);
  return text.endsWith(checkOf(secret));
}

/** Of what is kept: a text of 256 random bits needs no slow hash. */
export function hashOfToken(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * The API token in an Authorization header; null where there is none: a proxy may send its own there.
 * @param authorization as it came; RFC 9110 has its scheme in any case
 */
export function tokenIn(authorization: string | undefined): string | null {
  return /^bearer +(rs_\S*) *$/i.exec(authorization ?? '')?.[1] ?? null;
}

function checkOf(secret: string): string {
  const bits = createHash('sha256').update(`${PREFIX}${secret}`).digest().readUInt32BE(0);
  return inDigits(BigInt(bits), CHECK_CHARACTERS);
}

function inDigits(value: bigint, characters: number): string {
  let text = '';
  for (let rest = value; text.length < characters; rest /= 62n) text = `${DIGITS.charAt(Number(rest % 62n))}${text}`;
  return text;
}
