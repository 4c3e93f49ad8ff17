import { isSince } from './release';
import { NATIVE_TYPES } from './types';

/** Words for completion and highlighting, from the grammars of Cassandra 4.0 to 5.0 (`Parser.g`, `Lexer.g`). */
export interface Word {
  readonly text: string;
  /** The first release that knows it; absent: all supported ones. */
  readonly since?: string;
  /** The first release with a better name for it. */
  readonly before?: string;
}

/** Words that start a statement. */
export const OPENING_KEYWORDS: readonly string[] = [
  'SELECT',
  'INSERT INTO',
  'UPDATE',
  'DELETE FROM',
  'BEGIN BATCH',
  'APPLY BATCH',
  'TRUNCATE',
  'CREATE TABLE',
  'CREATE KEYSPACE',
  'CREATE INDEX',
  'CREATE TYPE',
  'CREATE MATERIALIZED VIEW',
  'CREATE FUNCTION',
  'CREATE AGGREGATE',
  'CREATE ROLE',
  'ALTER TABLE',
  'ALTER KEYSPACE',
  'ALTER TYPE',
  'ALTER ROLE',
  'DROP TABLE',
  'DROP KEYSPACE',
  'DROP INDEX',
  'DROP TYPE',
  'DROP MATERIALIZED VIEW',
  'DROP FUNCTION',
  'DROP AGGREGATE',
  'DROP ROLE',
  'DESCRIBE TABLE',
  'DESCRIBE KEYSPACE',
  'DESCRIBE KEYSPACES',
  'DESCRIBE CLUSTER',
  'GRANT',
  'REVOKE',
  'LIST ROLES',
];

export const KEYWORDS: readonly Word[] = [
  ...(
    'SELECT FROM WHERE AND IN CONTAINS KEY LIKE IS NOT NULL TOKEN LIMIT PER PARTITION DISTINCT JSON AS ' +
    'ORDER BY ASC DESC GROUP ALLOW FILTERING INSERT INTO VALUES UPDATE SET DELETE IF EXISTS USING TTL TIMESTAMP ' +
    'BEGIN UNLOGGED COUNTER BATCH APPLY TRUNCATE CREATE ALTER DROP ADD RENAME TO TYPE TABLE KEYSPACE INDEX CUSTOM ON ' +
    'MATERIALIZED VIEW PRIMARY CLUSTERING STATIC FROZEN WITH REPLICATION DURABLE_WRITES OPTIONS FUNCTION AGGREGATE ' +
    'RETURNS LANGUAGE CALLED RETURN INPUT SFUNC STYPE FINALFUNC INITCOND ROLE ROLES USER PASSWORD LOGIN SUPERUSER ' +
    'GRANT REVOKE LIST PERMISSIONS DESCRIBE KEYSPACES TABLES CLUSTER CAST TRUE FALSE NAN INFINITY OR REPLACE DEFAULT ' +
    'UNSET'
  )
    .split(' ')
    .map((text) => ({ text })),
  { text: 'ANN', since: '5.0' },
  { text: 'OF', since: '5.0' },
  { text: 'BETWEEN', since: '5.1' },
];

/** Functions that 5.0 spells with underscores; it still accepts the old spelling (CASSANDRA-18037). */
const RESPELT: readonly (readonly [present: string, past: string])[] = [
  ['current_timestamp', 'currentTimestamp'],
  ['current_date', 'currentDate'],
  ['current_time', 'currentTime'],
  ['current_timeuuid', 'currentTimeUUID'],
  ['to_date', 'toDate'],
  ['to_timestamp', 'toTimestamp'],
  ['to_unix_timestamp', 'toUnixTimestamp'],
  ['min_timeuuid', 'minTimeuuid'],
  ['max_timeuuid', 'maxTimeuuid'],
  ['blob_as_text', 'blobAsText'],
  ['text_as_blob', 'textAsBlob'],
  ['blob_as_bigint', 'blobAsBigint'],
  ['bigint_as_blob', 'bigintAsBlob'],
  ['to_json', 'toJson'],
  ['from_json', 'fromJson'],
];

/** What releases before 5.0 call a function that 5.0 spells otherwise. */
export function olderSpelling(name: string): string | undefined {
  return RESPELT.find(([present]) => present === name)?.[1];
}

export const FUNCTIONS: readonly Word[] = [
  ...calls('token writetime ttl min max sum avg uuid now'),
  { text: 'count(*)' },
  ...calls('floor', { since: '4.1' }),
  ...RESPELT.flatMap(([present, past]) => [...calls(present, { since: '5.0' }), ...calls(past, { before: '5.0' })]),
  ...calls('maxwritetime map_keys map_values abs exp log log10 round', { since: '5.0' }),
  ...calls('collection_count collection_min collection_max collection_sum collection_avg', { since: '5.0' }),
  ...calls('similarity_cosine similarity_euclidean similarity_dot_product', { since: '5.0' }),
  ...calls('mask_null mask_default mask_replace mask_inner mask_outer mask_hash', { since: '5.0' }),
];

export const TYPE_NAMES: readonly Word[] = [
  ...[...NATIVE_TYPES, 'varchar', 'list<>', 'set<>', 'map<>', 'tuple<>', 'frozen<>'].map((text) => ({ text })),
  { text: 'vector<>', since: '5.0' },
];

/** The words that a server of `release` knows; all if the release is unknown. */
export function wordsOf(words: readonly Word[], release: string | null): string[] {
  return words
    .filter(({ since, before }) => {
      const tooOld = since !== undefined && isSince(release, since) === false;
      const tooNew = before !== undefined && isSince(release, before) === true;
      return !tooOld && !tooNew;
    })
    .map(({ text }) => text);
}

function calls(names: string, releases: Omit<Word, 'text'> = {}): Word[] {
  return names.split(' ').map((name) => ({ text: `${name}()`, ...releases }));
}
