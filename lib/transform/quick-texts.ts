import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import type { Room } from './quick-encoders';

/**
 * Lists and sets of short plain texts as bytes, from an array or from a CQL literal: as {@link quickEncoder} for one value.
 * Undefined for other types.
 */
export function quickTexts(type: CqlType, room: Room): ((value: JsonValue) => Uint8Array | undefined) | undefined {
  if (type.kind !== 'list' && type.kind !== 'set') return undefined;
  const { of } = type;
  if (of.kind !== 'native' || (of.name !== 'text' && of.name !== 'ascii')) return undefined;
  const [open, close] = type.kind === 'list' ? ['[', ']'] : ['{', '}'];
  return (value) => {
    if (typeof value === 'string') return textsBytes(literalTexts(value, open, close), room);
    return isList(value) ? textsBytes(value, room) : undefined;
  };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const [QUOTE, COMMA, SPACE] = ["'", ',', ' '];
const NONE: readonly string[] = [];

/** The texts of a literal such as `{'a', 'b'}`; none where it has quotes or spaces in other places. */
function literalTexts(text: string, open: string, close: string): readonly string[] {
  const end = text.length - 1;
  if (text[0] !== open || text[end] !== close) return NONE;
  const texts: string[] = [];
  for (let at = 1; ; ) {
    const stop = text[at] === QUOTE ? text.indexOf(QUOTE, at + 1) : -1;
    if (stop < 0) return NONE;
    texts.push(text.slice(at + 1, stop));
    at = stop + 1;
    if (at === end) return texts;
    if (text[at] !== COMMA) return NONE;
    at += text[at + 1] === SPACE ? 2 : 1;
  }
}

/** A count and elements, each with its length before it; undefined for none, and for what is not ASCII. */
function textsBytes(texts: readonly JsonValue[], room: Room): Uint8Array | undefined {
  let length = 4;
  for (const text of texts) {
    if (typeof text !== 'string') return undefined;
    length += 4 + text.length;
  }
  if (texts.length === 0) return undefined;
  const bytes = room(length);
  let at = int32(bytes, 0, texts.length);
  for (const text of texts) {
    if (typeof text !== 'string') return undefined;
    at = int32(bytes, at, text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return undefined;
      bytes[at++] = code;
    }
  }
  return bytes;
}

function int32(bytes: Uint8Array, at: number, value: number): number {
  for (let i = 0; i < 4; i++) bytes[at + i] = (value >> (24 - 8 * i)) & 0xff;
  return at + 4;
}
