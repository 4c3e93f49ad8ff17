import fc from 'fast-check';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { anyText } from '@/lib/text/test-text';
import { encodeScalar } from './encode-scalar';
import { vectorElementBytes } from './sizes';
import { encodeSignedVint, encodeUnsignedVint } from './vint';

/** Test support: random CQL types and bytes of their values, in the canonical form in which a server stores them. */

type Bytes = Uint8Array;

function join(parts: readonly Bytes[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function int32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function framed(part: Bytes | null): Bytes {
  return part === null ? int32(-1) : join([int32(part.length), part]);
}

const exactly = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

function signed(bits: number): fc.Arbitrary<bigint> {
  const limit = 2n ** BigInt(bits - 1);
  const near = (middle: bigint) => fc.bigInt({ min: middle - 3n, max: middle + 3n });
  return fc.oneof(
    fc.bigInt({ min: -limit, max: limit - 1n }),
    fc.integer({ min: 0, max: bits - 2 }).chain((power) => near(2n ** BigInt(power))),
    fc.integer({ min: 0, max: Math.floor(bits * 0.3) - 1 }).chain((power) => near(-(10n ** BigInt(power)))),
  );
}

const whole = (name: NativeTypeName, bits: number) =>
  signed(bits)
    .filter((value) => BigInt.asIntN(bits, value) === value)
    .map((value) => encodeScalar(value.toString(), name));

const text = fc
  .oneof(anyText, fc.string({ unit: fc.constantFrom('"', "'", '\\', '\n', ',', '=', 'a', 'é', '😀') }))
  .map((value) => new TextEncoder().encode(value));

const shortNumber = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 }))
  .map(([n, places]) => n / 10 ** places);

const decimal = fc
  .tuple(fc.oneof(fc.integer({ min: -8, max: 12 }), fc.integer()), fc.oneof(signed(24), signed(300)))
  .map(([scale, unscaled]) => join([int32(scale), encodeScalar(unscaled.toString(), 'varint')]));

const address = fc.oneof(
  exactly(4),
  fc
    .array(fc.oneof(fc.constant([0, 0]), fc.constant([0xff, 0xff]), fc.tuple(fc.nat(255), fc.nat(255))), {
      minLength: 8,
      maxLength: 8,
    })
    .map((groups) => Uint8Array.from(groups.flat())),
);

const duration = fc
  .tuple(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.boolean())
  .map(([months, days, nanos, isNegative]) =>
    join([BigInt(months), BigInt(days), nanos].map((part) => encodeSignedVint(isNegative ? -part : part))),
  );

const NATIVE: Readonly<Record<NativeTypeName, fc.Arbitrary<Bytes>>> = {
  ascii: fc.string({ unit: 'binary-ascii' }).map((value) => new TextEncoder().encode(value)),
  bigint: whole('bigint', 64),
  blob: fc.uint8Array(),
  boolean: fc.boolean().map((value) => Uint8Array.of(value ? 1 : 0)),
  counter: whole('counter', 64),
  date: exactly(4),
  decimal,
  double: fc.oneof(fc.double(), shortNumber).map((value) => encodeScalar(toNumberText(value), 'double')),
  duration,
  float: fc.oneof(fc.float(), shortNumber.map(Math.fround)).map((value) => encodeScalar(toNumberText(value), 'float')),
  inet: address,
  int: whole('int', 32),
  smallint: whole('smallint', 16),
  text,
  time: fc.bigInt({ min: 0n, max: 86_399_999_999_999n }).map((nanos) => encodeScalar(nanos.toString(), 'bigint')),
  timestamp: fc.oneof(whole('bigint', 64), whole('bigint', 49)),
  timeuuid: exactly(16).map((bytes) => bytes.map((byte, i) => (i === 6 ? 0x10 | (byte & 15) : byte))),
  tinyint: whole('tinyint', 8),
  uuid: exactly(16),
  varint: fc.oneof(whole('varint', 49), whole('varint', 300)),
};

function toNumberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Scalar types except counters, which need separate tables. */
export const SCALARS = (Object.keys(NATIVE) as NativeTypeName[]).filter((name) => name !== 'counter');

const native: fc.Arbitrary<CqlType> = fc.constantFrom(...SCALARS).map((name) => ({ kind: 'native', name }));

/** Types nested up to three deep. */
export const randomType: fc.Arbitrary<CqlType> = fc.letrec<{ type: CqlType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    native,
    fc.record({ kind: fc.constantFrom('list' as const, 'set' as const), of: tie('type') }),
    fc.record({ kind: fc.constant('map' as const), key: tie('type'), value: tie('type') }),
    fc.record({
      kind: fc.constant('map' as const),
      key: fc.constant({ kind: 'native' as const, name: 'text' as const }),
      value: tie('type'),
    }),
    fc.record({ kind: fc.constant('tuple' as const), of: fc.array(tie('type'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('vector' as const), of: tie('type'), dimensions: fc.integer({ min: 1, max: 3 }) }),
    fc.record({
      kind: fc.constant('udt' as const),
      keyspace: fc.constant('k'),
      name: fc.constant('u'),
      fields: fc.uniqueArray(fc.record({ name: fc.oneof(fc.string(), fc.constant('__proto__')), type: tie('type') }), {
        minLength: 1,
        maxLength: 3,
        selector: (field) => field.name,
      }),
    }),
    fc.constant<CqlType>({ kind: 'custom', className: 'com.example.Unknown' }),
  ),
})).type;

function compare(a: Bytes, b: Bytes): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 || at >= b.length ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

function mapOf(type: CqlType & { kind: 'map' }): fc.Arbitrary<Bytes> {
  const entry = fc.tuple(randomBytes(type.key), randomBytes(type.value));
  return fc
    .uniqueArray(entry, { maxLength: 3, selector: ([key]) => key.join() })
    .map((entries) => entries.sort(([a], [b]) => compare(a, b)))
    .map((entries) =>
      join([int32(entries.length), ...entries.flatMap(([key, value]) => [framed(key), framed(value)])]),
    );
}

function vectorOf(type: CqlType & { kind: 'vector' }): fc.Arbitrary<Bytes> {
  const isBare = vectorElementBytes(type.of) > 0;
  return fc
    .array(isBare ? randomFullBytes(type.of) : randomBytes(type.of), {
      minLength: type.dimensions,
      maxLength: type.dimensions,
    })
    .map((parts) => join(parts.flatMap((part) => (isBare ? [part] : [encodeUnsignedVint(BigInt(part.length)), part]))));
}

function fieldsOf(types: readonly CqlType[]): fc.Arbitrary<Bytes> {
  return fc.tuple(...types.map((type) => fc.option(randomBytes(type)))).map((parts) => join(parts.map(framed)));
}

/** Bytes of a value of the type that is neither null nor, except for text and blobs, empty. */
export function randomFullBytes(type: CqlType): fc.Arbitrary<Bytes> {
  switch (type.kind) {
    case 'native':
      return NATIVE[type.name];
    case 'custom':
      return fc.uint8Array();
    case 'list':
    case 'set':
      return fc
        .array(randomBytes(type.of), { maxLength: 3 })
        .map((parts) => join([int32(parts.length), ...parts.map(framed)]));
    case 'map':
      return mapOf(type);
    case 'tuple':
      return fieldsOf(type.of);
    case 'udt':
      return fieldsOf(type.fields.map((field) => field.type));
    case 'vector':
      return vectorOf(type);
    default:
      return type satisfies never;
  }
}

/** Bytes of a non-null value of the type; occasionally none at all. */
export function randomBytes(type: CqlType): fc.Arbitrary<Bytes> {
  return fc.oneof(
    { weight: 19, arbitrary: randomFullBytes(type) },
    { weight: 1, arbitrary: fc.constant(new Uint8Array()) },
  );
}

/** A type and bytes of a value of it. */
export const randomValue = randomType.chain((type) => randomBytes(type).map((bytes) => ({ type, bytes })));
