/** The line and the column, in characters from 1, of an offset in a record that begins at the start of `line`. */
export function placeIn(record: Uint8Array, offset: number, line: number): { line: number; column: number } {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(record.subarray(0, offset));
  const lines = before.split(/\r\n|\r|\n/);
  return { line: line + lines.length - 1, column: [...(lines.at(-1) ?? '')].length + 1 };
}
