import { allTypesRows } from './all-types-rows.mjs';

/** CQL of the types in keyspace `every_type`, by name as quoted in CQL; each type follows the ones it uses. */
export const everyTypeTypes = {
  point: 'latitude decimal, longitude decimal',
  address: 'street text, city text, location frozen<point>, phones frozen<set<text>>',
  person: 'name text, born date, home frozen<address>',
  '"Quoted Type"': '"Field One" int, "select" text, "größe 📏" decimal',
};

/** Cassandra 5.0 and later have vectors. */
const vectorColumns = {
  float_vector: 'vector<float, 3>',
  text_vector: 'vector<text, 2>',
  vector_of_vectors: 'vector<vector<float, 2>, 2>',
};

/** @type {import('../table.mjs').DemoTable} */
export const allTypes = {
  keyspace: 'every_type',
  name: 'all_types',
  comment: 'A column of every CQL type; rows from typical to extreme',
  columns: ({ vectors }) => ({
    family: 'text',
    name: 'text',
    family_note: 'text static',
    ascii_value: 'ascii',
    bigint_value: 'bigint',
    blob_value: 'blob',
    boolean_value: 'boolean',
    date_value: 'date',
    decimal_value: 'decimal',
    double_value: 'double',
    duration_value: 'duration',
    float_value: 'float',
    inet_value: 'inet',
    int_value: 'int',
    smallint_value: 'smallint',
    text_value: 'text',
    time_value: 'time',
    timestamp_value: 'timestamp',
    timeuuid_value: 'timeuuid',
    tinyint_value: 'tinyint',
    uuid_value: 'uuid',
    varchar_value: 'varchar',
    varint_value: 'varint',
    int_list: 'list<int>',
    text_set: 'set<text>',
    text_int_map: 'map<text, int>',
    uuid_text_map: 'map<uuid, text>',
    frozen_int_list: 'frozen<list<int>>',
    frozen_text_set: 'frozen<set<text>>',
    frozen_int_text_map: 'frozen<map<int, text>>',
    list_of_lists: 'list<frozen<list<int>>>',
    map_of_sets: 'map<text, frozen<set<int>>>',
    map_by_tuple: 'map<frozen<tuple<int, text>>, decimal>',
    tuple_value: 'tuple<int, text, frozen<list<double>>>',
    person_value: 'person',
    frozen_address: 'frozen<address>',
    address_by_label: 'map<text, frozen<address>>',
    quoted_type_value: 'frozen<"Quoted Type">',
    ...(vectors ? vectorColumns : {}),
  }),
  primaryKey: '((family), name)',
  countColumn: 'name',
  total: () => allTypesRows.length + 2,
  writer: 'json',
  batches: () => allTypesRows.map((row) => [row]),
  statements: (keyspace) => [zeroLengthRow(keyspace), ...familyNotes(keyspace)],
};

/**
 * Zero-length values are neither null nor a number; only these types accept them.
 * @param {string} keyspace
 */
function zeroLengthRow(keyspace) {
  const types = 'int bigint float double boolean decimal varint timestamp uuid timeuuid inet'.split(' ');
  const columns = types.map((type) => `${type}_value`).join(', ');
  const values = types.map((type) => `blobAs${type.charAt(0).toUpperCase()}${type.slice(1)}(0x)`).join(', ');
  return `INSERT INTO ${keyspace}.all_types (family, name, ${columns}) VALUES ('empty', 'zero length', ${values})`;
}

/**
 * Static values, one of them in a partition without rows.
 * @param {string} keyspace
 */
function familyNotes(keyspace) {
  return [
    `INSERT INTO ${keyspace}.all_types (family, family_note) VALUES ('empty', 'Null, empty and zero-length are three things.')`,
    `INSERT INTO ${keyspace}.all_types (family, family_note) VALUES ('extreme', 'The ends of every range.')`,
    `INSERT INTO ${keyspace}.all_types (family, family_note) VALUES ('static only', 'This partition has a static value and no row.')`,
  ];
}
