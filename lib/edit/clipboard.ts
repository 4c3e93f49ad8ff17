/**
 * Cells as spreadsheets put them on the clipboard: lines of fields with tabs between them; a field with a tab, a quote or a
 * line break stands in quotes, in which a quote is doubled. So does Ringside when it copies.
 * @returns null for a field of nothing, which null is copied as; an empty text stands in quotes
 */
export function pastedCells(text: string): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [[]];
  let at = 0;
  const end = text.length;
  while (at < end || rows.at(-1)?.length === 0) {
    const field = text[at] === '"' ? quotedField(text, at) : null;
    const next = field?.next ?? plainEnd(text, at);
    rows.at(-1)?.push(field?.value ?? (text.slice(at, next) || null));
    if (next >= end) break;
    if (text[next] === '\t') {
      at = next + 1;
      // A tab at the very end leaves an empty field.
      if (at === end) rows.at(-1)?.push(null);
      continue;
    }
    at = next + (text.startsWith('\r\n', next) ? 2 : 1);
    // Spreadsheets end the last line as well.
    if (at < end) rows.push([]);
  }
  return rows;
}

/** A quoted field and where it ends; null for one that only begins like it, whose quote is a part of the text. */
function quotedField(text: string, from: number): { readonly value: string; readonly next: number } | null {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    const next = at + 1;
    const isEnd = next === text.length || /[\t\r\n]/.test(text[next] ?? '');
    return isEnd ? { value: text.slice(from + 1, at).replaceAll('""', '"'), next } : null;
  }
  return null;
}

function plainEnd(text: string, from: number): number {
  const found = text.slice(from).search(/[\t\r\n]/);
  return found === -1 ? text.length : from + found;
}
