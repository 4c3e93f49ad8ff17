import * as z from 'zod/mini';
import { COLUMN_NAME_CHARACTERS, NAME_CHARACTERS } from './limits';

const SERIAL_LEVELS = ['SERIAL', 'LOCAL_SERIAL'] as const;
export const PLAIN_LEVELS = [
  'ANY',
  'ONE',
  'TWO',
  'THREE',
  'QUORUM',
  'ALL',
  'LOCAL_QUORUM',
  'EACH_QUORUM',
  'LOCAL_ONE',
] as const;

/**
 * Consistency levels that a request can set, by their CQL names. SERIAL and LOCAL_SERIAL are for reads of one partition: a
 * Paxos round, which also finishes interrupted conditional writes.
 */
export const CONSISTENCY_LEVELS = [...PLAIN_LEVELS, ...SERIAL_LEVELS] as const;
export const consistencySchema = z.enum(CONSISTENCY_LEVELS);
export type Consistency = z.infer<typeof consistencySchema>;

/** The default level of a cluster's reads and writes: one that fits them all. */
export const defaultConsistencySchema = z.enum(PLAIN_LEVELS);

/** For a conditional write, the level of its Paxos round, next to its consistency level; for a read, its consistency level. */
export const serialConsistencySchema = z.enum(SERIAL_LEVELS);
export type SerialConsistency = z.infer<typeof serialConsistencySchema>;

/** A Murmur3 token: a signed 64-bit integer as decimal text, because JSON numbers would round it. */
export const tokenSchema = z
  .string()
  .check(z.regex(/^-?\d{1,19}$/, 'a token is a signed 64-bit integer, such as -4069959284402364209'));

/** The name of a keyspace, table or type. */
export const nameSchema = z.string().check(z.minLength(1), z.maxLength(NAME_CHARACTERS));
export const columnNameSchema = z.string().check(z.minLength(1), z.maxLength(COLUMN_NAME_CHARACTERS));

/** Rows requested from Cassandra per page. */
export const pageRowsSchema = z.int().check(z.minimum(1), z.maximum(10_000));

export const DEFAULT_PAGE_ROWS = 1_000;

/** How long Ringside waits for each response of Cassandra. */
export const timeoutMsSchema = z.int().check(z.minimum(100), z.maximum(3_600_000));

export const DEFAULT_TIMEOUT_MS = 12_000;

/** A cursor: opaque, MAC-bound to the cluster, statement, parameters, table and columns it came from. */
export const cursorSchema = z.string().check(z.minLength(1), z.maxLength(200_000));

/** A table or a view, by its keyspace; names as they are stored. */
export interface TableName {
  readonly keyspace: string;
  readonly table: string;
}

/** The most rows a second of a job. */
export const rowsPerSecondSchema = z.int().check(z.minimum(1), z.maximum(100_000));

/** Rights that whoever asks does not have. Plain text, because the list of all rights is in no page. */
export const lacksSchema = z.optional(z.array(z.string()));
