const [QUOTE, DOUBLE_QUOTE, DOLLAR, SEMICOLON] = [0x27, 0x22, 0x24, 0x3b];
const [DASH, SLASH, STAR, LF, CR] = [0x2d, 0x2f, 0x2a, 0x0a, 0x0d];

/** Nothing ends in these bytes. */
const NOWHERE = -1;

/**
 * Where the statement at `start` ends, after its `;`; -1 if that is not in the bytes. What the lexer of `lib/cql` does, for
 * bytes that come in chunks: a `;` in a string, a quoted name or a comment ends nothing.
 */
export function statementEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === SEMICOLON) return at + 1;
    at = byte === QUOTE || byte === DOUBLE_QUOTE ? after(bytes, byte, at + 1) : afterMarked(bytes, at);
    if (at < 0) return NOWHERE;
  }
  return NOWHERE;
}

/** Where the spaces and comments at `start` end; the end of the bytes if they go on, maybe, after it. */
export function spacesEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const isSpace = byte === 0x20 || byte === 0x09 || byte === LF || byte === CR;
    const next = isSpace ? at + 1 : isComment(bytes, at) ? afterMarked(bytes, at) : at;
    if (next === at || next < 0) return at;
    at = next;
  }
  return at;
}

function isComment(bytes: Buffer, at: number): boolean {
  const [byte, next] = [bytes[at], bytes[at + 1]];
  return (byte === DASH && next === DASH) || (byte === SLASH && (next === SLASH || next === STAR));
}

/** A doubled quote opens what it closed, which comes to the same. */
function after(bytes: Buffer, mark: number | string, from: number): number {
  const found = bytes.indexOf(mark, from);
  return found < 0 ? NOWHERE : found + (typeof mark === 'string' ? mark.length : 1);
}

/** After a comment or a string in `$$`; otherwise after one byte. */
function afterMarked(bytes: Buffer, at: number): number {
  const [byte, next] = [bytes[at], bytes[at + 1]];
  if (byte === DOLLAR && next === DOLLAR) return after(bytes, '$$', at + 2);
  if (byte === SLASH && next === STAR) return after(bytes, '*/', at + 2);
  if (!isComment(bytes, at)) return at + 1;
  let end = at + 2;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
  return end < bytes.length ? end : NOWHERE;
}
