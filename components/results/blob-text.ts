/** As many as fit the inspector without scrolling sideways. */
const BYTES_A_LINE = 8;

/** Whole bytes of a blob's JSON form `0x…`; 0 when it is not one. */
export function blobLength(text: string): number {
  return text.startsWith('0x') ? (text.length - 2) / 2 : 0;
}

/** A blob's JSON form `0x…` as a hex dump: offset, bytes, and the printable ASCII among them. At most `limit` bytes. */
export function hexDump(text: string, limit: number): string {
  const length = Math.min(blobLength(text), limit);
  const lines: string[] = [];
  for (let offset = 0; offset < length; offset += BYTES_A_LINE) {
    const end = Math.min(offset + BYTES_A_LINE, length);
    const bytes: number[] = [];
    for (let at = offset; at < end; at += 1) bytes.push(Number.parseInt(text.slice(2 + at * 2, 4 + at * 2), 16));
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(BYTES_A_LINE * 3 - 1)}  ${ascii}`);
  }
  return lines.join('\n');
}
