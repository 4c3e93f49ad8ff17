import { isSince } from './release';

/** How a function is called: what it takes, and what it gives. */
export interface Signature {
  readonly name: string;
  /** What each argument is; one that may be left out is in brackets, one that may be repeated ends in `…`. */
  readonly parameters: readonly string[];
  readonly result: string;
  /** One line on what it does. */
  readonly about: string;
  readonly since?: string;
  readonly before?: string;
}

type Row = readonly [name: string, parameters: string, result: string, about: string, releases?: Releases];
type Releases = Pick<Signature, 'since' | 'before'>;

const OLD: Releases = { before: '5.0' };
const NEW: Releases = { since: '5.0' };

/** By `cql3.functions` of Cassandra 4.0 to 5.0: `TimeFcts`, `AggregateFcts`, `MathFcts`, `CollectionFcts`, `masking`. */
const ROWS: readonly Row[] = [
  ['token', 'partition key…', 'bigint', 'The place of a partition on the ring'],
  ['writetime', 'column', 'bigint', 'When the value was written, in microseconds since 1970'],
  ['ttl', 'column', 'int', 'Seconds until the value expires; null if it does not'],
  ['maxwritetime', 'column', 'bigint', 'The latest write time of a collection’s elements, in microseconds', NEW],
  ['count', '* or column', 'bigint', 'How many rows, or values that are not null'],
  ['min', 'column', 'same type', 'The least value'],
  ['max', 'column', 'same type', 'The greatest value'],
  ['sum', 'number', 'same type', 'The sum; an int can overflow: cast the column to bigint first'],
  ['avg', 'number', 'same type', 'The mean; of ints it is an int: cast the column to double first'],
  ['cast', 'column AS type', 'type', 'The value as another type'],
  ['uuid', '', 'uuid', 'A new random id'],
  ['now', '', 'timeuuid', 'A new id that holds the present time'],
  [
    'floor',
    'timestamp, date or time; duration',
    'timestamp',
    'The start of the interval that a time is in',
    { since: '4.1' },
  ],
  ['abs', 'number', 'same type', 'The number without its sign', NEW],
  ['exp', 'number', 'same type', 'e to the power of the number', NEW],
  ['log', 'number', 'same type', 'The natural logarithm', NEW],
  ['log10', 'number', 'same type', 'The logarithm to base 10', NEW],
  ['round', 'number', 'same type', 'The nearest whole number', NEW],
  ['map_keys', 'map<K, V>', 'set<K>', 'The keys of a map', NEW],
  ['map_values', 'map<K, V>', 'list<V>', 'The values of a map', NEW],
  ['collection_count', 'list, set or map', 'int', 'How many elements', NEW],
  ['collection_min', 'list or set', 'element', 'The least element', NEW],
  ['collection_max', 'list or set', 'element', 'The greatest element', NEW],
  ['collection_sum', 'list or set of numbers', 'element', 'The sum of the elements', NEW],
  ['collection_avg', 'list or set of numbers', 'element', 'The mean of the elements', NEW],
  ['similarity_cosine', 'vector<float, N>; vector<float, N>', 'float', 'How alike two vectors point, 0 to 1', NEW],
  ['similarity_euclidean', 'vector<float, N>; vector<float, N>', 'float', 'How near two vectors are, 0 to 1', NEW],
  [
    'similarity_dot_product',
    'vector<float, N>; vector<float, N>',
    'float',
    'The dot product of unit vectors, 0 to 1',
    NEW,
  ],
  ['mask_null', 'column', 'same type', 'Null instead of the value', NEW],
  ['mask_default', 'column', 'same type', 'A fixed value of the type instead of the value', NEW],
  ['mask_replace', 'column; replacement', 'type of the replacement', 'The replacement instead of the value', NEW],
  [
    'mask_inner',
    'text; begin int; end int; [padding text]',
    'text',
    'Only the first and last characters are shown',
    NEW,
  ],
  ['mask_outer', 'text; begin int; end int; [padding text]', 'text', 'The first and last characters are hidden', NEW],
  ['mask_hash', 'column; [algorithm text]', 'blob', 'A hash of the value, SHA-256 by default', NEW],
  ...respelt('current_timestamp', 'currentTimestamp', '', 'timestamp', 'The present time, to the millisecond'),
  ...respelt('current_date', 'currentDate', '', 'date', 'Today, in UTC'),
  ...respelt('current_time', 'currentTime', '', 'time', 'The time of day, in UTC'),
  ...respelt('current_timeuuid', 'currentTimeUUID', '', 'timeuuid', 'A new id that holds the present time'),
  ...respelt('to_date', 'toDate', 'timestamp or timeuuid', 'date', 'The day of a time, in UTC'),
  ...respelt('to_timestamp', 'toTimestamp', 'date or timeuuid', 'timestamp', 'The time that an id or a day holds'),
  ...respelt(
    'to_unix_timestamp',
    'toUnixTimestamp',
    'date, timestamp or timeuuid',
    'bigint',
    'Milliseconds since 1970',
  ),
  ...respelt('min_timeuuid', 'minTimeuuid', 'timestamp', 'timeuuid', 'Before every id of that millisecond'),
  ...respelt('max_timeuuid', 'maxTimeuuid', 'timestamp', 'timeuuid', 'After every id of that millisecond'),
  ...respelt('blob_as_text', 'blobAsText', 'blob', 'text', 'The bytes as text'),
  ...respelt('text_as_blob', 'textAsBlob', 'text', 'blob', 'The text as bytes'),
  ...respelt('blob_as_bigint', 'blobAsBigint', 'blob', 'bigint', 'The 8 bytes as a number'),
  ...respelt('bigint_as_blob', 'bigintAsBlob', 'bigint', 'blob', 'The number as 8 bytes'),
  ...respelt('to_json', 'toJson', 'value', 'text', 'The value as JSON'),
  ...respelt('from_json', 'fromJson', 'text', 'type of the column', 'The value that JSON stands for'),
];

/** 5.0 spells these with underscores and still takes the old spelling. */
function respelt(present: string, past: string, parameters: string, result: string, about: string): readonly Row[] {
  return [
    [present, parameters, result, about, NEW],
    [past, parameters, result, about, OLD],
  ];
}

export const SIGNATURES: readonly Signature[] = ROWS.map(([name, parameters, result, about, releases]) => {
  return { name, parameters: parameters === '' ? [] : parameters.split('; '), result, about, ...releases };
});

/**
 * Cassandra's functions of that name in a release; all spellings where the release is unknown. A release still takes the
 * spelling of the one before, so a call that is already written is explained in either.
 */
export function nativeSignatures(name: string, release: string | null): Signature[] {
  return SIGNATURES.filter((one) => {
    const isTooNew = one.since !== undefined && isSince(release, one.since) === false;
    return one.name.toLowerCase() === name && !isTooNew;
  });
}
