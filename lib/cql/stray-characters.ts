import { tokensFrom } from './lexer';

/** A character outside literals, quoted names and comments that no server accepts, and what was certainly meant. */
export interface StrayCharacter {
  readonly text: string;
  /** Offset of its first UTF-16 unit. */
  readonly start: number;
  readonly replacement: string;
}

const LINE_END = /[\u2028\u2029\u0085]/;
const SPACE = /[\p{Z}\v\f]/u;
/** Zero-width characters such as U+FEFF. */
const NOTHING = /[\p{Cf}\p{DI}]/u;
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B]/g, "'"],
  [/[\u201C-\u201F]/g, '"'],
];

/**
 * Characters that word processors, chats and web pages put into statements copied from them. Cassandra's `Lexer.g` has four
 * white-space characters (space, tab, line feed, carriage return) and two straight quotes. Text between two curly quotes is
 * meant as a literal and is left unchanged.
 */
export function strayCharacters(text: string): readonly StrayCharacter[] {
  const strays: StrayCharacter[] = [];
  if (!/[^\t\n\r -~]/.test(text)) return strays;
  let from = 0;
  while (from < text.length) from = readOn(text, from, strays);
  return strays;
}

/** Adds the characters found from `from` up to the end of a quotation or of the text, and returns where to continue. */
function readOn(text: string, from: number, strays: StrayCharacter[]): number {
  for (const token of tokensFrom(text, from)) {
    if (token.kind !== 'error') continue;
    const { start } = token;
    const quote = QUOTES.find(([pattern]) => token.text.search(pattern) === 0);
    if (quote === undefined || token.text.length > 1) {
      const replacement = replacementOf(token.text);
      if (replacement !== undefined) strays.push({ text: token.text, start, replacement });
      continue;
    }
    const [pattern, replacement] = quote;
    strays.push({ text: token.text, start, replacement });
    pattern.lastIndex = start + 1;
    const closing = pattern.exec(text);
    if (closing === null) continue;
    strays.push({ text: closing[0], start: closing.index, replacement });
    return pattern.lastIndex;
  }
  return text.length;
}

function replacementOf(character: string): string | undefined {
  // An unclosed string or comment is one token to the end of the text.
  if (Array.from(character).length > 1) return undefined;
  if (LINE_END.test(character)) return '\n';
  if (SPACE.test(character)) return ' ';
  return NOTHING.test(character) ? '' : undefined;
}

/** The text with each of them replaced by what was meant. */
export function withoutStrays(text: string, strays: readonly StrayCharacter[]): string {
  let cleaned = '';
  let at = 0;
  for (const stray of strays) {
    cleaned += text.slice(at, stray.start) + stray.replacement;
    at = stray.start + stray.text.length;
  }
  return cleaned + text.slice(at);
}
