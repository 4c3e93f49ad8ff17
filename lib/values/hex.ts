/** Blobs by their JSON form `0x…`: 20 MB of text for 10 MB of bytes, of which only what is shown is looked at. */

export const BYTES_A_LINE = 8;

/** Whole bytes of a blob's JSON form; 0 when it is not one. */
export function blobLength(text: string): number {
  return text.startsWith('0x') ? (text.length - 2) >> 1 : 0;
}

/** One line of a hex dump: where it begins, its bytes, and the printable ASCII among them. */
export interface HexLine {
  readonly offset: string;
  readonly bytes: readonly { readonly at: number; readonly digits: string }[];
  readonly ascii: string;
}

export function hexLine(text: string, line: number): HexLine {
  const from = line * BYTES_A_LINE;
  const to = Math.min(from + BYTES_A_LINE, blobLength(text));
  const bytes: { at: number; digits: string }[] = [];
  let ascii = '';
  for (let at = from; at < to; at += 1) {
    const digits = text.slice(2 + at * 2, 4 + at * 2);
    const byte = Number.parseInt(digits, 16);
    bytes.push({ at, digits });
    ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  return { offset: from.toString(16).padStart(8, '0'), bytes, ascii };
}

/** The bytes of the JSON form. */
export function blobBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(blobLength(text));
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = (digit(text.charCodeAt(2 + at * 2)) << 4) | digit(text.charCodeAt(3 + at * 2));
  }
  return bytes;
}

/** 0–9 and a–f of either case. */
function digit(code: number): number {
  return code < 0x40 ? code - 0x30 : (code & 0x5f) - 0x37;
}

/** Where in the blob `needle` is: hex digits as bytes, anything else as UTF-8. Offsets of bytes, at most `limit`. */
export function findBytes(text: string, needle: string, limit: number): readonly { at: number; length: number }[] {
  const digits = needleDigits(needle);
  if (digits === '') return [];
  const found: { at: number; length: number }[] = [];
  let from = 2;
  while (found.length < limit) {
    const at = text.indexOf(digits, from);
    if (at === -1) break;
    // Half a byte further on is no match.
    if (at % 2 === 0) found.push({ at: (at - 2) >> 1, length: digits.length >> 1 });
    from = at + 1;
  }
  return found;
}

function needleDigits(needle: string): string {
  const digits = needle.trim().replace(/^0x/i, '').replaceAll(' ', '').toLowerCase();
  if (digits !== '' && digits.length % 2 === 0 && /^[0-9a-f]+$/.test(digits)) return digits;
  return Array.from(new TextEncoder().encode(needle), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A kind of image by its first bytes, of those that every browser shows and that hold nothing but a picture. */
export function imageType(text: string): string | undefined {
  const head = text.slice(2, 26);
  if (head.startsWith('89504e470d0a1a0a')) return 'image/png';
  if (head.startsWith('ffd8ff')) return 'image/jpeg';
  if (head.startsWith('474946383761') || head.startsWith('474946383961')) return 'image/gif';
  if (head.startsWith('52494646') && head.slice(16) === '57454250') return 'image/webp';
  if (head.slice(8) === '6674797061766966') return 'image/avif';
  return head.startsWith('424d') ? 'image/bmp' : undefined;
}
