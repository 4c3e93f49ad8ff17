import { type Token, tokenize } from '@/lib/cql/lexer';
import { NATIVE_TYPES } from '@/lib/cql/types';

export type Shade = 'plain' | 'keyword' | 'type' | 'string' | 'number' | 'comment';

export interface HighlightSpan {
  readonly shade: Shade;
  readonly text: string;
  /** Offset in the text: unique, so it serves as a key. */
  readonly start: number;
}

const TYPE_WORDS: ReadonlySet<string> = new Set([
  ...NATIVE_TYPES,
  ...['list', 'set', 'map', 'tuple', 'vector', 'frozen', 'varchar'],
]);

/**
 * Schema text in pieces of one shade; joined they are the text again. The server writes its keywords in capitals and
 * names in lower case or quotes, so only a word in capitals is a keyword, and a table called `key` is not one.
 */
export function highlight(cql: string): HighlightSpan[] {
  const pieces: HighlightSpan[] = [];
  for (const token of tokenize(cql)) {
    const shade = shadeOf(token);
    const before = pieces.at(-1);
    const joins = before !== undefined && (before.shade === shade || token.kind === 'space');
    if (joins) pieces[pieces.length - 1] = { ...before, text: before.text + token.text };
    else pieces.push({ shade, text: token.text, start: token.start });
  }
  return pieces;
}

function shadeOf({ kind, text }: Token): Shade {
  switch (kind) {
    case 'word':
      if (/^[A-Z_]+$/.test(text)) return 'keyword';
      return TYPE_WORDS.has(text) ? 'type' : 'plain';
    case 'string':
      return 'string';
    case 'number':
    case 'duration':
    case 'uuid':
    case 'blob':
      return 'number';
    case 'comment':
      return 'comment';
    case 'quoted':
    case 'operator':
    case 'bind':
    case 'space':
    case 'error':
      return 'plain';
    default:
      return kind satisfies never;
  }
}
