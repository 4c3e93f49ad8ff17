import { TYPE_DEPTH } from '@/lib/contract/limits';
import { isPlainIdentifier, quoteAlways, quoteIdentifier, unquoteIdentifier } from './identifiers';
import { isSignificant, type Token, tokenize } from './lexer';
import { quoteString } from './literals';
import { parseMarshalClass } from './marshal';
import { type CqlType, NATIVE_TYPES, type NativeTypeName, type UdtField } from './types';

export { parseMarshalClass };

/** A type's text that cannot be read. The message quotes the text and says what was expected. */
export class CqlTypeError extends Error {
  override readonly name = 'CqlTypeError';
}

/** Finds a user-defined type's fields; undefined when there is no such type. */
export type UdtLookup = (keyspace: string | undefined, name: string) => readonly UdtField[] | undefined;

const NATIVE_NAMES: ReadonlySet<string> = new Set(NATIVE_TYPES);
/** Names that mean something else where a type is expected, unless they are quoted. */
const TYPE_WORDS: ReadonlySet<string> = new Set([
  ...NATIVE_TYPES,
  ...['varchar', 'list', 'set', 'map', 'tuple', 'vector', 'frozen', 'empty'],
  ...['byte', 'complex', 'enum', 'interval', 'macaddr', 'bitstring'],
]);

function isNativeTypeName(name: string): name is NativeTypeName {
  return NATIVE_NAMES.has(name);
}

/** `frozen<…>` stands around types without being one. */
const MOST_BRACKETS = 2 * TYPE_DEPTH;

class TypeReader {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(
    private readonly text: string,
    private readonly udts: UdtLookup,
    private readonly keyspace: string | undefined,
  ) {
    this.tokens = tokenize(text).filter(isSignificant);
  }

  readAll(): CqlType {
    const type = this.read();
    if (this.at < this.tokens.length) throw this.wrong('the end');
    return type;
  }

  private read(): CqlType {
    const token = this.tokens[this.at];
    if (token === undefined) throw this.wrong('a type');
    this.at++;
    if (token.kind === 'string') return parseMarshalClass(token.text.slice(1, -1).replaceAll("''", "'"));
    if (token.kind === 'quoted') return this.named(unquoteIdentifier(token.text));
    if (token.kind !== 'word') throw this.wrong('a type', this.at - 1);
    const word = unquoteIdentifier(token.text);
    if (this.tokens[this.at]?.text === '<') return this.parameterised(word);
    if (this.tokens[this.at]?.text === '.') return this.named(word);
    if (word === 'varchar') return { kind: 'native', name: 'text' };
    return isNativeTypeName(word) ? { kind: 'native', name: word } : this.named(word);
  }

  private parameterised(word: string): CqlType {
    this.expect('<');
    if (this.depth === MOST_BRACKETS) {
      throw new CqlTypeError(`This type is nested more than ${TYPE_DEPTH} deep: ${this.text.slice(0, 60)}…`);
    }
    this.depth++;
    const type = this.inside(word);
    this.depth--;
    this.expect('>');
    return type;
  }

  private inside(word: string): CqlType {
    switch (word) {
      case 'frozen':
        return frozen(this.read());
      case 'list':
      case 'set':
        return { kind: word, of: this.read() };
      case 'map': {
        const key = this.read();
        this.expect(',');
        return { kind: 'map', key, value: this.read() };
      }
      case 'tuple':
        return { kind: 'tuple', of: this.readList() };
      case 'vector': {
        const of = this.read();
        this.expect(',');
        return { kind: 'vector', of, dimensions: this.readDimensions() };
      }
      default:
        throw this.wrong('list, set, map, tuple, vector or frozen', this.at - 2);
    }
  }

  private readList(): CqlType[] {
    const types = [this.read()];
    while (this.tokens[this.at]?.text === ',') {
      this.at++;
      types.push(this.read());
    }
    return types;
  }

  private readDimensions(): number {
    const token = this.tokens[this.at];
    if (token === undefined || !/^\d{1,9}$/.test(token.text)) throw this.wrong('the number of dimensions');
    this.at++;
    return Number(token.text);
  }

  /** A user-defined type, `name` or `keyspace.name`. One that nobody knows holds opaque bytes. */
  private named(first: string): CqlType {
    let keyspace = this.keyspace;
    let name = first;
    if (this.tokens[this.at]?.text === '.') {
      const token = this.tokens[this.at + 1];
      if (token?.kind !== 'word' && token?.kind !== 'quoted') throw this.wrong('the name of a type', this.at + 1);
      keyspace = first;
      name = unquoteIdentifier(token.text);
      this.at += 2;
    }
    const fields = this.udts(keyspace, name);
    if (fields === undefined) return { kind: 'custom', className: name };
    return { kind: 'udt', keyspace: keyspace ?? '', name, fields };
  }

  private expect(text: string): void {
    if (this.tokens[this.at]?.text !== text) throw this.wrong(text);
    this.at++;
  }

  private wrong(expected: string, at = this.at): CqlTypeError {
    const found = this.tokens[at]?.text ?? 'the end';
    return new CqlTypeError(`"${this.text}" is not a CQL type: expected ${expected}, found ${found}`);
  }
}

function frozen(type: CqlType): CqlType {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
    case 'udt':
      return { ...type, frozen: true };
    default:
      return type;
  }
}

/**
 * Reads a type as `system_schema.columns.type` writes it: `map<text, frozen<list<int>>>`, `vector<float, 3>`, a quoted
 * user-defined type, a custom class in single quotes. `udts` finds the fields of user-defined types, which are looked
 * for in `keyspace` unless they name their own; a name that is not found becomes a `custom` type of that name.
 * @throws CqlTypeError when the text is no type at all
 */
export function parseCqlType(text: string, udts: UdtLookup = () => undefined, keyspace?: string): CqlType {
  return new TypeReader(text, udts, keyspace).readAll();
}

function wrapFrozen(type: { readonly frozen?: boolean }, text: string): string {
  return type.frozen === true ? `frozen<${text}>` : text;
}

type UdtType = Extract<CqlType, { kind: 'udt' }>;

/**
 * The type as CQL text, the way the server writes it in `system_schema.columns.type` (a tuple, which is always frozen,
 * shows it). User-defined types are named without their keyspace.
 */
export function formatCqlType(type: CqlType): string {
  return typeText(type, ({ name }) => quoteTypeName(name));
}

/** As {@link formatCqlType}, with the fields of each user-defined type: `frozen<point (x int, y int)>`. */
export function fullTypeText(type: CqlType): string {
  return typeText(type, ({ name, fields }) => {
    const inside = fields.map((field) => `${quoteIdentifier(field.name)} ${fullTypeText(field.type)}`);
    return `${quoteTypeName(name)} (${inside.join(', ')})`;
  });
}

function typeText(type: CqlType, ofUdt: (type: UdtType) => string): string {
  const inner = (of: CqlType) => typeText(of, ofUdt);
  switch (type.kind) {
    case 'native':
      return type.name;
    case 'list':
    case 'set':
      return wrapFrozen(type, `${type.kind}<${inner(type.of)}>`);
    case 'map':
      return wrapFrozen(type, `map<${inner(type.key)}, ${inner(type.value)}>`);
    case 'tuple':
      return `frozen<tuple<${type.of.map(inner).join(', ')}>>`;
    case 'vector':
      return `vector<${inner(type.of)}, ${type.dimensions}>`;
    case 'udt':
      return wrapFrozen(type, ofUdt(type));
    case 'custom':
      return quoteString(type.className);
    default:
      return type satisfies never;
  }
}

function quoteTypeName(name: string): string {
  return isPlainIdentifier(name) && !TYPE_WORDS.has(name) ? name : quoteAlways(name);
}
