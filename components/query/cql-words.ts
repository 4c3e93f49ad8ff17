import { NATIVE_TYPES } from '@/lib/cql/types';

/** Words that completion offers and the editor colours, from the grammar of Cassandra 5.0 (`Parser.g`, `Lexer.g`). */

/** Words with which a statement begins. */
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

export const KEYWORDS: readonly string[] = (
  'SELECT FROM WHERE AND IN CONTAINS KEY LIKE BETWEEN IS NOT NULL TOKEN LIMIT PER PARTITION DISTINCT JSON AS ' +
  'ORDER BY ASC DESC GROUP ANN OF ALLOW FILTERING INSERT INTO VALUES UPDATE SET DELETE IF EXISTS USING TTL TIMESTAMP ' +
  'BEGIN UNLOGGED COUNTER BATCH APPLY TRUNCATE CREATE ALTER DROP ADD RENAME TO TYPE TABLE KEYSPACE INDEX CUSTOM ON ' +
  'MATERIALIZED VIEW PRIMARY CLUSTERING STATIC FROZEN WITH REPLICATION DURABLE_WRITES OPTIONS FUNCTION AGGREGATE ' +
  'RETURNS LANGUAGE CALLED RETURN INPUT SFUNC STYPE FINALFUNC INITCOND ROLE ROLES USER PASSWORD LOGIN SUPERUSER ' +
  'GRANT REVOKE LIST PERMISSIONS DESCRIBE KEYSPACES TABLES CLUSTER CAST TRUE FALSE NAN INFINITY OR REPLACE DEFAULT UNSET'
).split(' ');

export const FUNCTIONS: readonly string[] = [
  'count(*)',
  'token()',
  'writetime()',
  'ttl()',
  'min()',
  'max()',
  'sum()',
  'avg()',
  'uuid()',
  'now()',
  'current_timestamp()',
  'current_date()',
  'current_time()',
  'current_timeuuid()',
  'to_date()',
  'to_timestamp()',
  'to_unix_timestamp()',
  'min_timeuuid()',
  'max_timeuuid()',
  'blob_as_text()',
  'text_as_blob()',
  'blob_as_bigint()',
  'bigint_as_blob()',
  'to_json()',
  'from_json()',
  'map_keys()',
  'map_values()',
  'similarity_cosine()',
  'similarity_euclidean()',
  'similarity_dot_product()',
];

export const TYPE_NAMES: readonly string[] = [
  ...NATIVE_TYPES,
  'varchar',
  'list<>',
  'set<>',
  'map<>',
  'tuple<>',
  'vector<>',
  'frozen<>',
];
