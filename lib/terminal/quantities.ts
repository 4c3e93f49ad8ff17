import 'server-only';
import { InvalidArgumentError } from 'commander';

/** Numbers and times as people write them on a command line. Errors are the parser's own, which names the option. */

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000, g: 1_000_000_000 };

/** `5000`, `20k`, `1.5M`, `2G`: a whole number, at least 1. @throws InvalidArgumentError */
export function parseAmount(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text) ?? [];
  const amount = Math.round(Number(digits) * (MULTIPLES[unit.toLowerCase()] ?? Number.NaN));
  if (Number.isSafeInteger(amount) && amount >= 1) return amount;
  throw new InvalidArgumentError('Use a number such as 5000, 20k or 1.5M.');
}

/** A whole number of at least 0, without a unit. @throws InvalidArgumentError */
export function parseWhole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use a whole number.');
}

/** Microseconds since 1970, which are exact as a number. @throws InvalidArgumentError */
export function parseMicros(text: string): number {
  const micros = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(micros)) return micros;
  throw new InvalidArgumentError('Use microseconds since 1970, a whole number.');
}

/** `auto`, or a whole number of at least 1. @throws InvalidArgumentError */
export function parseThreads(text: string): 'auto' | number {
  if (text === 'auto') return text;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use auto, or a number of threads such as 2.');
}

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, '': 1_000, min: 60_000 };

/** `500ms`, `12s`, `12` (seconds), `2min` → milliseconds. @throws InvalidArgumentError */
export function parseTimeMs(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|min)?$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(digits) * (MILLISECONDS[unit] ?? Number.NaN));
  if (Number.isSafeInteger(milliseconds) && milliseconds >= 100 && milliseconds <= 3_600_000) return milliseconds;
  throw new InvalidArgumentError('Use a time from 100ms to 60min, such as 30s.');
}
