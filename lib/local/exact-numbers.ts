/** Numbers of any size, compared by their digits: nothing is rounded, and nothing is expanded. */

/** The digits of a whole number as Cassandra's text has them: no leading zeros. */
export function wholeKey(text: string): string | undefined {
  return /^-?\d+$/.test(text) ? text : undefined;
}

/** More digits are a larger number; of as many, the digits decide. */
export function compareWholes(a: string, b: string): number {
  const isNegative = a.charCodeAt(0) === MINUS;
  if (isNegative !== (b.charCodeAt(0) === MINUS)) return isNegative ? -1 : 1;
  const found = a.length - b.length || (a === b ? 0 : a < b ? -1 : 1);
  return isNegative ? -found : found;
}

const MINUS = 45;

/** A number as sign × 0.digits × 10^exponent, the digits without zeros at either end; zero has no digits. */
export interface DecimalKey {
  readonly sign: -1 | 0 | 1;
  readonly exponent: number;
  readonly digits: string;
}

/** The key of java.math.BigDecimal's text. Equal numbers have equal keys, whatever their scale: 1.0 is 1.00. */
export function decimalKey(text: string): DecimalKey | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d{1,11}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, minus, whole = '', fraction = '', power = '0'] = match;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  if (digits === '') return ZERO;
  const exponent = whole.length - (all.length - digits.length) + Number(power);
  return { sign: minus === '-' ? -1 : 1, exponent, digits: withoutEndingZeros(digits) };
}

const ZERO: DecimalKey = { sign: 0, exponent: 0, digits: '' };

/** Not by a pattern: one that looks for zeros up to an end takes quadratic time over many zeros that are followed. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}

/** As BigDecimal.compareTo does. */
export function compareDecimals(a: DecimalKey, b: DecimalKey): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  const found = a.exponent - b.exponent || (a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1);
  return found * a.sign;
}
