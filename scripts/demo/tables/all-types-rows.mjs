/**
 * The rows of `every_type.all_types` as the JSON of INSERT JSON: numbers beyond a double are strings, blobs are hex, and a
 * date whose year its text form cannot express is a day count with 2^31 as 1970-01-01.
 * @typedef {import('../table.mjs').Row} Row
 */

const HOME = {
  street: '1 Ringside Row',
  city: 'Zürich',
  location: { latitude: '47.376900', longitude: '8.541700' },
  phones: ['+41 44 000 00 00', '+41 79 000 00 00'],
};

/** @type {Row[]} */
const typical = [
  {
    family: 'typical',
    name: 'every column',
    ascii_value: 'plain ASCII',
    bigint_value: '1234567890123456789',
    blob_value: '0xcafebabe',
    boolean_value: true,
    date_value: '2026-02-28',
    decimal_value: '1234.5600',
    double_value: 0.30000000000000004,
    duration_value: '1y2mo3d4h5m6s7ms8us9ns',
    float_value: 2.7182817,
    inet_value: '192.0.2.7',
    int_value: 42,
    smallint_value: 4242,
    text_value: 'Text, with a comma',
    time_value: '13:37:00.123456789',
    timestamp_value: '2026-02-28T13:37:00.123Z',
    timeuuid_value: 'a4a70900-24e1-11df-8924-001ff3591711',
    tinyint_value: 7,
    uuid_value: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    varchar_value: 'varchar is text',
    varint_value: '98765432109876543210',
    int_list: [3, 1, 2, 3],
    text_set: ['beta', 'alpha', 'gamma'],
    text_int_map: { one: 1, two: 2 },
    uuid_text_map: { 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6': 'known' },
    frozen_int_list: [1, 2, 3],
    frozen_text_set: ['x', 'y'],
    frozen_int_text_map: { 1: 'one', '-2': 'minus two' },
    list_of_lists: [[1], [], [2, 3]],
    map_of_sets: { even: [2, 4], none: [] },
    map_by_tuple: { '[1, "a"]': '0.10', '[2, null]': '-2.50' },
    tuple_value: [1, 'two', [3.0, 0.5]],
    person_value: { name: 'Ada', born: '1815-12-10', home: HOME },
    frozen_address: HOME,
    address_by_label: { home: HOME, office: { street: '2 Ring Road' } },
    quoted_type_value: { '"Field One"': 1, '"select"': 'a reserved word', '"größe 📏"': '1.80' },
    float_vector: [0.25, -1.5, 3],
    text_vector: ['north', 'south'],
    vector_of_vectors: [
      [1, 2],
      [3, 4],
    ],
  },
  { family: 'typical', name: 'only the key' },
];

/** @type {Row[]} */
const extreme = [
  {
    family: 'extreme',
    name: 'minimum',
    bigint_value: '-9223372036854775808',
    date_value: '0',
    decimal_value: `-${'9'.repeat(60)}.${'9'.repeat(40)}`,
    double_value: '-1.7976931348623157E308',
    duration_value: '-2147483647mo2147483647d9223372036854775807ns',
    float_value: '-3.4028235E38',
    inet_value: '0.0.0.0',
    int_value: -2147483648,
    smallint_value: -32768,
    time_value: '00:00:00.000000000',
    timestamp_value: '-9223372036854775808',
    timeuuid_value: '00000000-0000-1000-8080-808080808080',
    tinyint_value: -128,
    uuid_value: '00000000-0000-0000-0000-000000000000',
    varint_value: `-1${'0'.repeat(300)}`,
    float_vector: ['-3.4028235E38', '-Infinity', '-0.0'],
  },
  {
    family: 'extreme',
    name: 'maximum',
    bigint_value: '9223372036854775807',
    date_value: '4294967295',
    decimal_value: `${'9'.repeat(60)}.${'9'.repeat(40)}`,
    double_value: '1.7976931348623157E308',
    duration_value: '2147483647mo2147483647d9223372036854775807ns',
    float_value: '3.4028235E38',
    inet_value: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    int_value: 2147483647,
    smallint_value: 32767,
    time_value: '23:59:59.999999999',
    timestamp_value: '9223372036854775807',
    timeuuid_value: 'ffffffff-ffff-1fff-bf7f-7f7f7f7f7f7f',
    tinyint_value: 127,
    uuid_value: 'ffffffff-ffff-4fff-bfff-ffffffffffff',
    varint_value: `1${'0'.repeat(300)}`,
    float_vector: ['3.4028235E38', 'Infinity', 'NaN'],
  },
  {
    family: 'extreme',
    name: 'zero',
    bigint_value: '0',
    decimal_value: '0',
    double_value: 0,
    duration_value: '0s',
    float_value: 0,
    int_value: 0,
    smallint_value: 0,
    tinyint_value: 0,
    varint_value: '0',
    timestamp_value: '0',
    date_value: '1970-01-01',
    inet_value: '::',
  },
  { family: 'extreme', name: 'negative zero', double_value: '-0.0', float_value: '-0.0', decimal_value: '-0.000' },
  { family: 'extreme', name: 'smallest above zero', double_value: '4.9E-324', float_value: '1.4E-45' },
  { family: 'extreme', name: 'not a number', double_value: 'NaN', float_value: 'NaN' },
  { family: 'extreme', name: 'infinity', double_value: 'Infinity', float_value: 'Infinity' },
  { family: 'extreme', name: 'negative infinity', double_value: '-Infinity', float_value: '-Infinity' },
  {
    family: 'extreme',
    name: 'one past a double',
    bigint_value: '9007199254740993',
    varint_value: '9007199254740993',
    decimal_value: '9007199254740993.1',
  },
  { family: 'extreme', name: 'scale kept', decimal_value: '1.500', double_value: 1.5, float_value: 0.1 },
  { family: 'extreme', name: 'large scale', decimal_value: '1E-100000' },
  { family: 'extreme', name: 'negative scale', decimal_value: '1E+100000' },
  { family: 'extreme', name: 'varint at a byte border', varint_value: '-128', decimal_value: '1.28' },
  { family: 'extreme', name: 'varint past a byte border', varint_value: '128', decimal_value: '-1.29' },
];

/** @type {Row[]} */
const time = [
  { family: 'time', name: 'before 1970', timestamp_value: '1969-12-31T23:59:59.999Z', date_value: '1969-12-31' },
  { family: 'time', name: 'leap day', timestamp_value: '2024-02-29T00:00:00.000Z', date_value: '2024-02-29' },
  { family: 'time', name: 'last that a JavaScript Date holds', timestamp_value: '8640000000000000' },
  { family: 'time', name: 'one millisecond later', timestamp_value: '8640000000000001' },
  { family: 'time', name: 'year 0', date_value: '0000-01-01', timestamp_value: '-62167219200000' },
  { family: 'time', name: 'before year 0', date_value: '-0001-12-31', timestamp_value: '-62167219200001' },
  { family: 'time', name: 'year 10000', date_value: '2150416545', timestamp_value: '253402300800000' },
  { family: 'time', name: 'one nanosecond', time_value: '00:00:00.000000001', duration_value: '1ns' },
  { family: 'time', name: 'a second before midnight', time_value: '23:59:59', duration_value: '-1d' },
  { family: 'time', name: '13 months are not days', duration_value: '13mo' },
  { family: 'time', name: '48 hours are not days', duration_value: '48h' },
];

/** @type {Row[]} */
const empty = [
  {
    family: 'empty',
    name: 'null',
    text_value: null,
    int_value: null,
    int_list: null,
    frozen_int_list: null,
    person_value: null,
    tuple_value: null,
  },
  {
    family: 'empty',
    name: 'empty',
    ascii_value: '',
    text_value: '',
    varchar_value: '',
    blob_value: '0x',
    int_list: [],
    text_set: [],
    text_int_map: {},
    frozen_int_list: [],
    frozen_text_set: [],
    frozen_int_text_map: {},
    list_of_lists: [[]],
    map_of_sets: { '': [] },
    text_vector: ['', ''],
  },
  {
    family: 'empty',
    name: 'nulls inside',
    tuple_value: [null, '', []],
    person_value: { name: 'no birthday, no home', born: null, home: null },
    frozen_address: { street: null, city: '', location: { latitude: null, longitude: '0' }, phones: [] },
    quoted_type_value: {},
  },
  { family: 'empty', name: 'all null inside', tuple_value: [null, null, null], frozen_address: {} },
];

/** @type {Row[]} */
const text = [
  ['emoji', 'Ring 💍 side 🏟️, family 👩‍👩‍👧‍👦, flag 🇨🇭'],
  ['scripts', 'Ελληνικά Кириллица 日本語 한국어 हिन्दी ไทย'],
  ['right to left', 'עברית العربية mixed with English'],
  ['combining', 'e\u0301 is not é; Z\u0351\u036b\u0343\u036a'],
  ['invisible', 'zero\u200bwidth, no\u00a0break, soft\u00adhyphen, \ufeffmark'],
  ['bidirectional override', 'safe\u202etxt.exe\u202c'],
  ['control characters', 'null \u0000 tab \t line\nreturn\r\nescape \u001b[31m delete \u007f'],
  ['quotes', `single ' double " both '" back \\ tick \``],
  ['looks like a formula', '=HYPERLINK("http://example.com","click")'],
  ['looks like markup', '<script>alert(1)</script>&amp;'],
  ['looks like CQL', `'); DROP TABLE all_types; --`],
  ['only a space', ' '],
  ['the word null', 'null'],
  ['long', 'The ring goes round and round. '.repeat(700)],
  ['one long word', 'ring'.repeat(2_500)],
].map(([name, value]) => ({
  family: 'text',
  name,
  text_value: value,
  text_set: [value],
  text_int_map: { [`${value}`]: 1 },
}));

/** @type {Row[]} */
const network = [
  '127.0.0.1',
  '255.255.255.255',
  '::1',
  '2001:db8::8:800:200c:417a',
  '2001:db8:0:1:1:1:1:1',
  'fe80::1',
].map((address) => ({ family: 'inet', name: address, inet_value: address }));

const COUNT = Array.from({ length: 1_000 }, (_, index) => index);

/** @type {Row[]} */
const large = [
  { family: 'large', name: 'list of 1,000', int_list: COUNT, frozen_int_list: COUNT },
  { family: 'large', name: 'set of 1,000', text_set: COUNT.map((number) => `member ${number}`) },
  {
    family: 'large',
    name: 'map of 1,000',
    text_int_map: Object.fromEntries(COUNT.map((number) => [`key ${number}`, number])),
  },
  { family: 'large', name: 'blob of 64 KiB', blob_value: `0x${'00ff10ef'.repeat(16_384)}` },
];

export const allTypesRows = [...typical, ...extreme, ...time, ...empty, ...text, ...network, ...large];
