import type { JsonValue } from '@/lib/contract/json';
import { TokenReader } from '@/lib/cql/token-reader';
import type { CqlType } from '@/lib/cql/types';
import { WireError } from './errors';
import { parseBlob } from './parse';
import { toJson } from './values';

/** Bracket nesting beyond any real type; more would only exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * A CQL literal of a collection, tuple, vector or user-defined type, such as `{'a', 'b'}` or `(1, null)`, in its JSON form.
 * Undefined if it is not one; the encoder checks whether its parts are values of their types.
 */
export function literalJson(text: string, type: CqlType): JsonValue | undefined {
  const reader = new TokenReader(text);
  const value = takeValue(reader, type, 0);
  return reader.done ? value : undefined;
}

/** Where a text stops being a literal of the type: the offset of the first token that does not fit. Undefined: it is one. */
export function literalStop(text: string, type: CqlType): number | undefined {
  const reader = new TokenReader(text);
  const value = takeValue(reader, type, 0);
  if (value !== undefined && reader.done) return undefined;
  return reader.peek()?.start ?? text.length;
}

function takeValue(reader: TokenReader, type: CqlType, depth: number): JsonValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (reader.takeWords('NULL')) return null;
  if (takeNoBytes(reader, type)) return '';
  switch (type.kind) {
    case 'native':
      return takeFunction(reader, type) ?? takeScalar(reader);
    case 'custom':
      return takeScalar(reader);
    case 'list':
    case 'vector':
      return takeSequence(reader, '[', ']', () => takeValue(reader, type.of, depth + 1));
    case 'set':
      return takeSequence(reader, '{', '}', () => takeValue(reader, type.of, depth + 1));
    case 'tuple': {
      let at = 0;
      return takeSequence(reader, '(', ')', () => {
        const of = type.of[at++];
        return of && takeValue(reader, of, depth + 1);
      });
    }
    case 'map':
      return takeSequence(reader, '{', '}', () =>
        takePair(
          reader,
          () => takeValue(reader, type.key, depth + 1),
          () => takeValue(reader, type.value, depth + 1),
        ),
      );
    case 'udt':
      return takeFields(reader, type, depth);
    default:
      return type satisfies never;
  }
}

/** The comma-separated contents of brackets. */
function takeSequence(
  reader: TokenReader,
  open: string,
  close: string,
  takeOne: () => JsonValue | undefined,
): JsonValue[] | undefined {
  if (!reader.takeSymbol(open)) return undefined;
  const values: JsonValue[] = [];
  if (reader.takeSymbol(close)) return values;
  do {
    const value = takeOne();
    if (value === undefined) return undefined;
    values.push(value);
  } while (reader.takeSymbol(','));
  return reader.takeSymbol(close) ? values : undefined;
}

function takePair(
  reader: TokenReader,
  takeKey: () => JsonValue | undefined,
  takeItem: () => JsonValue | undefined,
): JsonValue | undefined {
  const key = takeKey();
  if (key === undefined || !reader.takeSymbol(':')) return undefined;
  const item = takeItem();
  return item === undefined ? undefined : [key, item];
}

function takeFields(reader: TokenReader, type: CqlType & { kind: 'udt' }, depth: number): JsonValue | undefined {
  const types = new Map(type.fields.map((field) => [field.name, field.type]));
  const fields = new Map<string, JsonValue>();
  const pairs = takeSequence(reader, '{', '}', () => {
    const name = reader.takeName();
    const of = name === undefined ? undefined : types.get(name);
    if (name === undefined || of === undefined || !reader.takeSymbol(':')) return undefined;
    const value = takeValue(reader, of, depth + 1);
    if (value !== undefined) fields.set(name, value);
    return value;
  });
  return pairs && Object.fromEntries(fields);
}

/** `0x` for a value of no bytes where there is no function for it, as exports mark it. */
function takeNoBytes(reader: TokenReader, type: CqlType): boolean {
  const token = reader.peek();
  if (type.kind === 'native' || type.kind === 'custom' || token?.kind !== 'blob' || token.text.length > 2) return false;
  reader.at++;
  return true;
}

/** `blobAsInt(0x)`: how exports write a value that has no other literal. */
function takeFunction(reader: TokenReader, type: CqlType & { kind: 'native' }): JsonValue | undefined {
  if (reader.word() !== `BLOBAS${type.name.toUpperCase()}` || !reader.seesSymbol('(', 1)) return undefined;
  const bytes = parseBlob(reader.peek(2)?.text ?? '');
  if (bytes === undefined || !reader.seesSymbol(')', 3)) return undefined;
  try {
    const value = toJson(bytes, type);
    reader.at += 4;
    return value;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** Numbers stay text, so that no digit is lost; the encoder reads both. */
function takeScalar(reader: TokenReader): JsonValue | undefined {
  const token = reader.peek();
  switch (token?.kind) {
    case 'string':
      reader.at++;
      return token.text.startsWith('$$') ? token.text.slice(2, -2) : token.text.slice(1, -1).replaceAll("''", "'");
    case 'number':
    case 'uuid':
    case 'blob':
    case 'duration':
      reader.at++;
      return token.text;
    default:
      return takeWord(reader);
  }
}

function takeWord(reader: TokenReader): JsonValue | undefined {
  if (reader.takeWords('TRUE')) return true;
  if (reader.takeWords('FALSE')) return false;
  if (reader.takeWords('NAN')) return 'NaN';
  if (reader.takeWords('INFINITY')) return 'Infinity';
  if (reader.seesSymbol('-') && reader.word(1) === 'INFINITY') {
    reader.at += 2;
    return '-Infinity';
  }
  return undefined;
}
