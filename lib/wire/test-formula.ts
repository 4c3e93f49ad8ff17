import { formulaStarts } from './formula';

/** Restores the text of a spreadsheet-safe CSV file: removes one `'` at every start of a formula. */
export function unmarked(text: string, delimiter: string): string {
  const bytes = new TextEncoder().encode(text);
  const starts = formulaStarts({ source: bytes, start: 0, end: bytes.length, delimiter: delimiter.charCodeAt(0) });
  const taken = new Set(starts.filter((at) => bytes[at] === "'".charCodeAt(0)));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.filter((_byte, at) => !taken.has(at)));
}
