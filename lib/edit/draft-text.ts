import type { CqlType } from '../cql/types';
import { UNSEEN } from '../text/unseen';
import { isBlob, isText } from '../values/value-text';
import { formatBlob } from '../wire/format';
import { parseBlob } from '../wire/parse';

/**
 * How a scalar is written in its field. `escaped`: a text with its line breaks and invisible characters as escapes, for those
 * that a field of a page would lose. `utf8`: the bytes of a blob as the text that they encode.
 */
export type DraftForm = 'plain' | 'escaped' | 'utf8';

/** The forms that a value of the type can be written in, the usual one first. */
export function formsOf(type: CqlType): readonly DraftForm[] {
  if (isText(type)) return ['plain', 'escaped'];
  return isBlob(type) ? ['plain', 'utf8'] : ['plain'];
}

/** A text area turns carriage returns into line feeds (HTML, "API value" of a textarea). */
export function holdsReturns(text: string): boolean {
  return text.includes('\r');
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const ESCAPED = new RegExp(`\\\\|[\\n\\r\\t]|${UNSEEN}`, 'gu');

/** A text with escapes in place of what cannot be seen. */
export function escapedText(text: string): string {
  return text.replace(ESCAPED, (sign) => SHORT[sign] ?? `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

/** The text that escapes stand for, or the first that stands for nothing. */
export function unescapedText(text: string): { readonly text: string } | { readonly problem: string } {
  let unknown: string | undefined;
  const found = text.replace(/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|(.?))/gis, (whole, long, short, sign) => {
    const digits: unknown = long ?? short;
    if (typeof digits === 'string' && Number.parseInt(digits, 16) <= 0x10ffff)
      return String.fromCodePoint(Number.parseInt(digits, 16));
    const meant = typeof sign === 'string' ? ESCAPES[sign] : undefined;
    if (meant === undefined) unknown ??= whole;
    return meant ?? '';
  });
  if (unknown === undefined) return { text: found };
  return { problem: `“${unknown}” is no escape. Write \\n, \\r, \\t, \\\\ or \\u{1f600}.` };
}

/** The text that the bytes of a blob encode, from which the same bytes come back; undefined: they are no such text. */
export function textOfBlob(blob: string): string | undefined {
  const bytes = parseBlob(blob);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes of a text in UTF-8, as a blob; undefined: it has a lone surrogate, which UTF-8 cannot encode. */
export function blobOfText(text: string): string | undefined {
  return /[\ud800-\udfff]/u.test(text) ? undefined : formatBlob(new TextEncoder().encode(text));
}
