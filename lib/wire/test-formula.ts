import { formulaStarts } from './formula';

/** Text of a CSV file that is safe for spreadsheets as it was before: one `'` off at every start of a formula. */
export function unmarked(text: string, delimiter: string): string {
  const bytes = new TextEncoder().encode(text);
  const starts = formulaStarts({ source: bytes, start: 0, end: bytes.length, delimiter: delimiter.charCodeAt(0) });
  const taken = new Set(starts.filter((at) => bytes[at] === "'".charCodeAt(0)));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.filter((_byte, at) => !taken.has(at)));
}
