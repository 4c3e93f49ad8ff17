/** Text as lines of at most so many characters, by where they begin: 10 MB stay one string. */
export interface TextLines {
  readonly text: string;
  /** Where each line begins; one more at the end. */
  readonly starts: Uint32Array;
}

/** Breaks `text` at its line breaks, and where a line is longer than `width` UTF-16 units. */
export function linesOf(text: string, width: number): TextLines {
  let starts = new Uint32Array(1_024);
  let count = 0;
  const push = (at: number) => {
    if (count === starts.length) {
      const larger = new Uint32Array(starts.length * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count] = at;
    count += 1;
  };
  let at = 0;
  for (;;) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found + 1;
    push(at);
    for (let next = at + width; next < end - (found === -1 ? 0 : 1); next += width) {
      // A surrogate pair stays together.
      if (isLowSurrogate(text.charCodeAt(next))) next += 1;
      push(next);
    }
    at = end;
    if (found === -1) break;
  }
  push(text.length);
  return { text, starts: starts.subarray(0, count) };
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

export function lineCount({ starts }: TextLines): number {
  return starts.length - 1;
}

/** A line without its line break. */
export function lineAt({ text, starts }: TextLines, line: number): string {
  const shown = text.slice(starts[line] ?? 0, starts[line + 1] ?? 0);
  return shown.endsWith('\n') ? shown.slice(0, -1) : shown;
}

/** The line that holds the character at `at`. */
export function lineOf({ starts }: TextLines, at: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where `needle` is in `text`, whatever its case where that keeps lengths; at most `limit` places. */
export function findText(text: string, needle: string, limit: number): readonly { at: number; length: number }[] {
  if (needle === '') return [];
  const lower = text.toLowerCase();
  // Some letters have another length in lower case, and places would be wrong.
  const [hay, wanted] = lower.length === text.length ? [lower, needle.toLowerCase()] : [text, needle];
  const found: { at: number; length: number }[] = [];
  for (let at = hay.indexOf(wanted); at !== -1 && found.length < limit; at = hay.indexOf(wanted, at + wanted.length)) {
    found.push({ at, length: wanted.length });
  }
  return found;
}
