/**
 * The native CQL types: for each one what every room needs to know of it. The names of all other tables by type
 * (`Record<NativeTypeName, …>`) come from here, so a table that misses a type does not compile. CONTRIBUTING lists them.
 */

/** How a value is written in JSON. `string` and `bytes` are arbitrary text and bytes, of which none are a value, too. */
type JsonForm = 'string' | 'bytes' | 'bare' | 'quoted' | 'float32' | 'float64';

/** The literal: `count` is the number that the type keeps, where its text does not reach as far. */
type CqlForm = 'string' | 'bytes' | 'bare' | 'quoted' | 'count';

/** The values whose literal the server reads as something else, or refuses; they are written as bytes. */
export type Unloadable = 'mapped' | 'beyond a day' | 'two signs' | 'huge';

/** What the inspector says about a value besides its text. */
export type FactsKind = 'text' | 'whole' | 'decimal' | 'date' | 'time' | 'timestamp' | 'duration' | 'inet' | 'uuid';

export interface NativeType {
  /** Its `[option]` ids (native protocol v4, section 4.2.5.2); none where v4 sends the class name. */
  readonly protocolCodes: readonly number[];
  /** In `org.apache.cassandra.db.marshal`. `DateType` is the timestamp of tables made before Cassandra 1.2. */
  readonly classes: readonly string[];
  /** The size of every value on the wire; 0 where sizes differ. */
  readonly bytes: number;
  /**
   * Whether a vector holds its values without a length in front: the class overrides `valueLengthIfFixed()` (5.0).
   * tinyint, smallint, date and time do not.
   */
  readonly isBareInVector: boolean;
  readonly json: JsonForm;
  readonly cql: CqlForm;
  readonly unloadable: Unloadable | null;
  /** A duration has no order: a month is no fixed number of days. */
  readonly isOrdered: boolean;
  /** SAI keeps some types as terms without an order (`StorageAttachedIndex.EQ_ONLY_TYPES`). */
  readonly isOrderedInSai: boolean;
  /** Numbers align right; text and blobs have their own views. */
  readonly face: 'number' | 'text' | 'blob' | 'other';
  /** Characters of a usual value: a column's width is fixed before the first row comes. */
  readonly usualCharacters: number;
  readonly facts: FactsKind | null;
}

/** `varchar` is `text` under an older name and never appears here. */
export const NATIVE = {
  ascii: {
    protocolCodes: [0x01],
    classes: ['AsciiType'],
    bytes: 0,
    isBareInVector: false,
    json: 'string',
    cql: 'string',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: false,
    face: 'text',
    usualCharacters: 18,
    facts: 'text',
  },
  bigint: {
    protocolCodes: [0x02],
    classes: ['LongType'],
    bytes: 8,
    isBareInVector: true,
    json: 'quoted',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 20,
    facts: 'whole',
  },
  blob: {
    protocolCodes: [0x03],
    classes: ['BytesType'],
    bytes: 0,
    isBareInVector: false,
    json: 'bytes',
    cql: 'bytes',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'blob',
    usualCharacters: 22,
    facts: null,
  },
  boolean: {
    protocolCodes: [0x04],
    classes: ['BooleanType'],
    bytes: 1,
    isBareInVector: true,
    json: 'bare',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: false,
    face: 'other',
    usualCharacters: 5,
    facts: null,
  },
  counter: {
    protocolCodes: [0x05],
    classes: ['CounterColumnType'],
    bytes: 8,
    isBareInVector: false,
    json: 'quoted',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 12,
    facts: 'whole',
  },
  date: {
    protocolCodes: [0x11],
    classes: ['SimpleDateType'],
    bytes: 4,
    isBareInVector: false,
    json: 'quoted',
    cql: 'quoted',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 10,
    facts: 'date',
  },
  decimal: {
    protocolCodes: [0x06],
    classes: ['DecimalType'],
    bytes: 0,
    isBareInVector: false,
    json: 'quoted',
    cql: 'bare',
    unloadable: 'huge',
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 12,
    facts: 'decimal',
  },
  double: {
    protocolCodes: [0x07],
    classes: ['DoubleType'],
    bytes: 8,
    isBareInVector: true,
    json: 'float64',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 22,
    facts: null,
  },
  duration: {
    protocolCodes: [],
    classes: ['DurationType'],
    bytes: 0,
    isBareInVector: false,
    json: 'quoted',
    cql: 'bare',
    unloadable: 'two signs',
    isOrdered: false,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 16,
    facts: 'duration',
  },
  float: {
    protocolCodes: [0x08],
    classes: ['FloatType'],
    bytes: 4,
    isBareInVector: true,
    json: 'float32',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 13,
    facts: null,
  },
  inet: {
    protocolCodes: [0x10],
    classes: ['InetAddressType'],
    bytes: 0,
    isBareInVector: false,
    json: 'quoted',
    cql: 'quoted',
    unloadable: 'mapped',
    isOrdered: true,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 15,
    facts: 'inet',
  },
  int: {
    protocolCodes: [0x09],
    classes: ['Int32Type'],
    bytes: 4,
    isBareInVector: true,
    json: 'bare',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 11,
    facts: null,
  },
  smallint: {
    protocolCodes: [0x13],
    classes: ['ShortType'],
    bytes: 2,
    isBareInVector: false,
    json: 'bare',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 6,
    facts: null,
  },
  text: {
    protocolCodes: [0x0d, 0x0a],
    classes: ['UTF8Type'],
    bytes: 0,
    isBareInVector: false,
    json: 'string',
    cql: 'string',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: false,
    face: 'text',
    usualCharacters: 18,
    facts: 'text',
  },
  time: {
    protocolCodes: [0x12],
    classes: ['TimeType'],
    bytes: 8,
    isBareInVector: false,
    json: 'quoted',
    cql: 'quoted',
    unloadable: 'beyond a day',
    isOrdered: true,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 18,
    facts: 'time',
  },
  timestamp: {
    protocolCodes: [0x0b],
    classes: ['TimestampType', 'DateType'],
    bytes: 8,
    isBareInVector: true,
    json: 'quoted',
    cql: 'count',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 24,
    facts: 'timestamp',
  },
  timeuuid: {
    protocolCodes: [0x0f],
    classes: ['TimeUUIDType'],
    bytes: 16,
    isBareInVector: true,
    json: 'quoted',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'other',
    usualCharacters: 36,
    facts: 'uuid',
  },
  tinyint: {
    protocolCodes: [0x14],
    classes: ['ByteType'],
    bytes: 1,
    isBareInVector: false,
    json: 'bare',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 4,
    facts: null,
  },
  uuid: {
    protocolCodes: [0x0c],
    classes: ['UUIDType'],
    bytes: 16,
    isBareInVector: true,
    json: 'quoted',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: false,
    face: 'other',
    usualCharacters: 36,
    facts: 'uuid',
  },
  varint: {
    protocolCodes: [0x0e],
    classes: ['IntegerType'],
    bytes: 0,
    isBareInVector: false,
    json: 'quoted',
    cql: 'bare',
    unloadable: null,
    isOrdered: true,
    isOrderedInSai: true,
    face: 'number',
    usualCharacters: 14,
    facts: 'whole',
  },
} as const satisfies Readonly<Record<string, NativeType>>;

export type NativeTypeName = keyof typeof NATIVE;

function isName(name: string): name is NativeTypeName {
  return Object.hasOwn(NATIVE, name);
}

export const NATIVE_TYPES: readonly NativeTypeName[] = Object.keys(NATIVE).filter(isName);

/** The types with one value of a property, such as those that JSON writes as strings. */
export type NativeTypesWhere<Key extends keyof NativeType, Value> = {
  [Name in NativeTypeName]: (typeof NATIVE)[Name][Key] extends Value ? Name : never;
}[NativeTypeName];
