/** More text than this is not laid out: it would take the page long, and nobody reads it whole. */
const MOST_LAID_OUT = 5_000_000;

/**
 * A JSON object or array laid out over lines, every number and string as it is written; undefined for what is neither,
 * or too long.
 */
export function layOutJson(text: string): string | undefined {
  if (text.length > MOST_LAID_OUT || !/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const pieces: string[] = [];
  let indent = '\n';
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) indent = indent.slice(0, -2);
    // What is empty stays together.
    if (closes && before !== '{' && before !== '[') pieces.push(indent);
    if (!closes && (before === '{' || before === '[' || before === ',')) pieces.push(indent);
    pieces.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') indent += '  ';
    before = token;
  }
  return pieces.join('');
}

/** Strings, punctuation, and what stands between: numbers and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gs;
