import { TYPE_DEPTH } from '@/lib/contract/limits';
import { NATIVE, NATIVE_TYPES, type NativeType, type NativeTypeName } from './native-types';
import type { CqlType, UdtField } from './types';

/**
 * Java class names of `org.apache.cassandra.db.marshal`, which old schema tables and protocol v4 (for vectors, durations
 * and types containing them) use instead of CQL types. The grammar is that of the server's `TypeParser`.
 */

const PACKAGE = 'org.apache.cassandra.db.marshal.';

const NATIVE_CLASSES: ReadonlyMap<string, NativeTypeName> = new Map(
  NATIVE_TYPES.flatMap((name) => {
    const { classes }: NativeType = NATIVE[name];
    return classes.map((className) => [className, name] as const);
  }),
);

interface ClassNode {
  /** Without the package if it is Cassandra's own. */
  readonly name: string;
  /** The field's name in hex, before a colon, inside `UserType`. */
  readonly label: string | undefined;
  readonly parameters: readonly ClassNode[];
  /** The exact text, for opaque types. */
  readonly text: string;
}

/** Nesting of classes: `FrozenType` and `ReversedType` wrap types without being one. */
const MOST_CLASSES = 2 * TYPE_DEPTH;

/** A word: whatever is not a bracket, comma, colon or space. */
const WORD = /[^(),:\s]+/y;
const SPACE = /\s*/y;

class ClassReader {
  private at = 0;
  private depth = 0;
  constructor(private readonly text: string) {}

  /** The whole text as one node; undefined if it is not of the form `Name(parameter, …)`. */
  readAll(): ClassNode | undefined {
    const node = this.read();
    this.skip(SPACE);
    return this.at === this.text.length ? node : undefined;
  }

  private read(): ClassNode | undefined {
    this.skip(SPACE);
    let start = this.at;
    let word = this.skip(WORD);
    let label: string | undefined;
    if (word !== '' && this.take(':')) {
      label = word;
      this.skip(SPACE);
      start = this.at;
      word = this.skip(WORD);
    }
    if (word === '') return undefined;
    const parameters = this.readParameters();
    if (parameters === undefined) return undefined;
    const name = word.startsWith(PACKAGE) ? word.slice(PACKAGE.length) : word;
    return { name, label, parameters, text: this.text.slice(start, this.at) };
  }

  private readParameters(): ClassNode[] | undefined {
    const parameters: ClassNode[] = [];
    if (!this.take('(')) return parameters;
    if (this.take(')')) return parameters;
    // The text may come from a hostile peer that tries to exhaust the stack.
    if (this.depth === MOST_CLASSES) return undefined;
    this.depth++;
    do {
      const node = this.read();
      if (node === undefined) return undefined;
      parameters.push(node);
    } while (this.take(','));
    this.depth--;
    return this.take(')') ? parameters : undefined;
  }

  private take(character: string): boolean {
    const from = this.at;
    this.skip(SPACE);
    if (this.text[this.at] === character) {
      this.at++;
      return true;
    }
    this.at = from;
    return false;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

function unhex(text: string): string | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // No schema has such a name: the caller treats the class as opaque.
    return undefined;
  }
}

function opaque(node: ClassNode): CqlType {
  return { kind: 'custom', className: node.text };
}

function userType(node: ClassNode): CqlType {
  const [keyspace, name, ...members] = node.parameters;
  const typeName = name === undefined ? undefined : unhex(name.name);
  if (keyspace === undefined || typeName === undefined) return opaque(node);
  const fields: UdtField[] = [];
  for (const member of members) {
    const field = member.label === undefined ? undefined : unhex(member.label);
    if (field === undefined) return opaque(node);
    fields.push({ name: field, type: typeOf(member) });
  }
  return { kind: 'udt', keyspace: keyspace.name, name: typeName, fields };
}

function vectorType(node: ClassNode): CqlType {
  const [of, dimensions] = node.parameters;
  if (of === undefined || dimensions === undefined || !/^\d{1,9}$/.test(dimensions.name)) return opaque(node);
  return { kind: 'vector', of: typeOf(of), dimensions: Number(dimensions.name) };
}

function frozenType(of: ClassNode): CqlType {
  const type = typeOf(of);
  const canSay = type.kind === 'list' || type.kind === 'set' || type.kind === 'map' || type.kind === 'udt';
  return canSay ? { ...type, frozen: true } : type;
}

function typeOf(node: ClassNode): CqlType {
  const [first, second] = node.parameters;
  switch (node.name) {
    case 'ReversedType':
      return first === undefined ? opaque(node) : typeOf(first);
    case 'FrozenType':
      return first === undefined ? opaque(node) : frozenType(first);
    case 'ListType':
      return first === undefined ? opaque(node) : { kind: 'list', of: typeOf(first) };
    case 'SetType':
      return first === undefined ? opaque(node) : { kind: 'set', of: typeOf(first) };
    case 'MapType':
      if (first === undefined || second === undefined) return opaque(node);
      return { kind: 'map', key: typeOf(first), value: typeOf(second) };
    case 'TupleType':
      return { kind: 'tuple', of: node.parameters.map(typeOf) };
    case 'VectorType':
      return vectorType(node);
    case 'UserType':
      return userType(node);
    default: {
      const name = NATIVE_CLASSES.get(node.name);
      return name === undefined ? opaque(node) : { kind: 'native', name };
    }
  }
}

/**
 * Reads a marshal class name, with or without its package, nested, and with the spaces that the server puts into
 * `VectorType(FloatType , 3)`. Unknown types, even inside known ones, become `custom` types of that text, as do types
 * nested deeper than any real one.
 * Never throws.
 */
export function parseMarshalClass(className: string): CqlType {
  const node = new ClassReader(className.trim()).readAll();
  return node === undefined ? { kind: 'custom', className } : typeOf(node);
}
