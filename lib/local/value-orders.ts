import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { parseDate, parseInet, parseTimestamp } from '@/lib/wire/parse';
import { compareDecimals, compareWholes, type DecimalKey, decimalKey, wholeKey } from './exact-numbers';

/**
 * The order of each CQL type's values, from their JSON form: that of the classes in `org.apache.cassandra.db.marshal`,
 * which also order a clustering column. An integration test compares the two.
 */
interface Order<Key> {
  /** What is compared, worked out once a value; undefined for what has not the form of the type. */
  readonly keyOf: (value: JsonValue) => Key | undefined;
  readonly compare: (a: Key, b: Key) => number;
}

/** An order of keys that only the order itself knows the type of. */
type AnyOrder = <Result>(use: <Key>(order: Order<Key>) => Result) => Result;

function someOrder<Key>(order: Order<Key>): AnyOrder {
  return (use) => use(order);
}

function textOf<Key>(keyOf: (text: string) => Key | undefined): (value: JsonValue) => Key | undefined {
  return (value) => (typeof value === 'string' ? keyOf(value) : undefined);
}

/** By code units, or by number. */
function plain<Key extends string | number | bigint>(a: Key, b: Key): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const INTEGER = someOrder<number>({
  keyOf: (value) => (typeof value === 'number' ? value : undefined),
  compare: (a, b) => a - b,
});
const WHOLE = someOrder<string>({ keyOf: textOf(wholeKey), compare: compareWholes });
const FLOATING = someOrder<number>({ keyOf: floatKey, compare: compareFloats });
const TEXT = someOrder<string>({ keyOf: textOf(codePointKey), compare: plain });
const BLOB = someOrder<string>({ keyOf: textOf((text) => text.toLowerCase()), compare: plain });

/** Undefined: Cassandra gives the type no order. */
const NATIVE_ORDERS: Readonly<Record<NativeTypeName, AnyOrder | undefined>> = {
  ascii: TEXT,
  bigint: WHOLE,
  blob: BLOB,
  boolean: someOrder<number>({
    keyOf: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
    compare: (a, b) => a - b,
  }),
  counter: WHOLE,
  date: someOrder<number>({ keyOf: textOf(parseDate), compare: (a, b) => a - b }),
  decimal: someOrder<DecimalKey>({ keyOf: textOf(decimalKey), compare: compareDecimals }),
  double: FLOATING,
  // A month is no fixed number of days.
  duration: undefined,
  float: FLOATING,
  inet: someOrder<string>({ keyOf: textOf(inetKey), compare: plain }),
  int: INTEGER,
  smallint: INTEGER,
  text: TEXT,
  time: someOrder<bigint>({ keyOf: textOf(timeKey), compare: plain }),
  timestamp: someOrder<bigint>({ keyOf: textOf(parseTimestamp), compare: plain }),
  timeuuid: someOrder<string>({ keyOf: textOf(timeuuidKey), compare: plain }),
  tinyint: INTEGER,
  uuid: someOrder<string>({ keyOf: textOf(uuidKey), compare: plain }),
  varint: WHOLE,
};

/** NaN travels as a word, infinity too. */
function floatKey(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined;
}

/** As Java's Double.compare: -0 before 0, NaN after everything. */
function compareFloats(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return a === 0 ? Number(Object.is(b, -0)) - Number(Object.is(a, -0)) : 0;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

const BEYOND_PLAIN = /[\ud800-\uffff]/;

/**
 * Text that code units put into the order of UTF-8 bytes, which is that of code points: surrogates, which stand for the
 * highest ones, move above all other code units.
 */
function codePointKey(text: string): string {
  if (!BEYOND_PLAIN.test(text)) return text;
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}

/** Addresses by their bytes: 10.0.0.1 stands between 9.x and a00::. */
function inetKey(text: string): string | undefined {
  const bytes = parseInet(text);
  return bytes && Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** Nanoseconds as unsigned 64-bit numbers: the server also stores times outside a day. */
function timeKey(text: string): bigint | undefined {
  const match = /^(-?)(\d+):(\d\d):(\d\d)\.(\d{9})$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0', nanos = '0'] = match;
  const size = ((BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)) * 1_000_000_000n + BigInt(nanos);
  return BigInt.asUintN(64, sign === '-' ? -size : size);
}

const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-(([0-9a-f])[0-9a-f]{3})-([0-9a-f]{4})-([0-9a-f]{12})$/;

/** UUIDType: by version, then version 1 by time and the others by bytes. */
function uuidKey(text: string): string | undefined {
  const [, low = '', middle = '', high = '', version, clock = '', node = ''] = UUID.exec(text) ?? [];
  if (version === undefined) return undefined;
  const first = version === '1' ? high + middle + low : low + middle + high;
  return version + first + clock + node;
}

/** TimeUUIDType: by time, then by the other bytes, each with its sign. */
function timeuuidKey(text: string): string | undefined {
  const [, low = '', middle = '', high = '', version, clock = '', node = ''] = UUID.exec(text) ?? [];
  if (version === undefined) return undefined;
  const signed = (clock + node).replace(/(.)(.)/g, (_, upper: string, lower: string) => {
    return (Number.parseInt(upper, 16) ^ 8).toString(16) + lower;
  });
  return high + middle + low + signed;
}

/** By their JSON forms: negative where the first comes first. */
type Comparison = (a: JsonValue, b: JsonValue) => number;

/** How two values of a type compare; undefined where they have no order, or none that is known here. */
export function comparisonOf(type: CqlType | undefined): Comparison | undefined {
  if (type === undefined) return undefined;
  switch (type.kind) {
    case 'native':
      return NATIVE_ORDERS[type.name]?.((order) => compareBy(order, isText(type)));
    case 'list':
    case 'set':
    case 'vector':
      return ofElements([comparisonOf(type.of)]);
    case 'tuple':
      return ofElements(type.of.map(comparisonOf));
    case 'map':
      return ofPairs(comparisonOf(type.key), comparisonOf(type.value));
    case 'udt':
      return ofFields(type.fields);
    // Only the class itself knows its order.
    case 'custom':
      return undefined;
    default:
      return type satisfies never;
  }
}

function compareBy<Key>({ keyOf, compare }: Order<Key>, emptyIsValue: boolean): Comparison {
  return (a, b) => {
    if (!emptyIsValue && (a === '' || b === '')) return Number(b === '') - Number(a === '');
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === undefined || right === undefined) return Number(right === undefined) - Number(left === undefined);
    return compare(left, right);
  };
}

/** Element by element, a missing one first, then the shorter before the longer. The last comparison serves all that follow. */
function ofElements(comparisons: readonly (Comparison | undefined)[]): Comparison | undefined {
  const known = comparisons.filter((one) => one !== undefined);
  const last = known.at(-1);
  if (last === undefined || known.length !== comparisons.length) return undefined;
  return (a, b) => {
    const [left, right] = [listOf(a), listOf(b)];
    for (let at = 0; at < left.length && at < right.length; at += 1) {
      const found = nullFirst(left[at] ?? null, right[at] ?? null, known[at] ?? last);
      if (found !== 0) return found;
    }
    return left.length - right.length;
  };
}

function nullFirst(a: JsonValue, b: JsonValue, compare: Comparison): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return compare(a, b);
}

/** As a tuple of its fields: none where the header named the type without them. */
function ofFields(fields: readonly { readonly name: string; readonly type: CqlType }[]): Comparison | undefined {
  const ofAll = ofElements(fields.map(({ type }) => comparisonOf(type)));
  const valuesOf = (value: JsonValue) => {
    const found = isObject(value) ? value : {};
    return fields.map(({ name }) => ownValue(found, name) ?? null);
  };
  return ofAll && ((a, b) => ofAll(valuesOf(a), valuesOf(b)));
}

/** Pair by pair in the order of the keys, each key before its value. */
function ofPairs(ofKeys: Comparison | undefined, ofValues: Comparison | undefined): Comparison | undefined {
  const ofPair = ofElements([ofKeys, ofValues]);
  if (ofKeys === undefined || ofPair === undefined) return undefined;
  const pairsOf = (value: JsonValue) => {
    // An object puts keys that look like numbers first, whatever the server's order.
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return listOf(value);
    return Object.entries(value).sort(([a], [b]) => ofKeys(a, b));
  };
  const ofAll = ofElements([ofPair]);
  return ofAll && ((a, b) => ofAll(pairsOf(a), pairsOf(b)));
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [];
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The values of one column, and how two of them compare, by the order in which they were added. */
export interface KeyColumn {
  add(value: JsonValue): void;
  /** Null comes last, whichever way the others go; no bytes at all come before all other values, as in Cassandra. */
  compare(a: number, b: number): number;
  /** True for a null, which has no place among the values. */
  isLast(at: number): boolean;
}

/** Collects keys of a type; null where its values have no order, or none that is known here. */
export function keyColumn(type: CqlType | undefined, descending = false): KeyColumn | null {
  if (type?.kind === 'native') {
    return NATIVE_ORDERS[type.name]?.((order): KeyColumn => new Keys(order, descending, isText(type))) ?? null;
  }
  const compare = comparisonOf(type);
  return compare === undefined ? null : new Keys<JsonValue>({ keyOf: (value) => value, compare }, descending, false);
}

export function hasOrder(type: CqlType | undefined): boolean {
  return comparisonOf(type) !== undefined;
}

function isText(type: CqlType): boolean {
  return type.kind === 'native' && (type.name === 'text' || type.name === 'ascii');
}

const [EMPTY, VALUE, LAST] = [0, 1, 2];

class Keys<Key> implements KeyColumn {
  private readonly keys: (Key | undefined)[] = [];
  private readonly ranks: number[] = [];

  constructor(
    private readonly order: Order<Key>,
    private readonly descending: boolean,
    private readonly emptyIsValue: boolean,
  ) {}

  add(value: JsonValue): void {
    const isEmpty = value === '' && !this.emptyIsValue;
    const key = value === null || isEmpty ? undefined : this.order.keyOf(value);
    this.keys.push(key);
    this.ranks.push(isEmpty ? EMPTY : key === undefined ? LAST : VALUE);
  }

  compare(a: number, b: number): number {
    const [left, right] = [this.keys[a], this.keys[b]];
    if (left !== undefined && right !== undefined) {
      const found = this.order.compare(left, right);
      return this.descending ? -found : found;
    }
    const [rankA = LAST, rankB = LAST] = [this.ranks[a], this.ranks[b]];
    const found = rankA - rankB;
    return this.descending && rankA !== LAST && rankB !== LAST ? -found : found;
  }

  isLast(at: number): boolean {
    return this.ranks[at] === LAST;
  }
}
