import * as z from 'zod/mini';
import { COLUMN_NAME_CHARACTERS, NAME_CHARACTERS } from './limits';

const SERIAL_LEVELS = ['SERIAL', 'LOCAL_SERIAL'] as const;
const PLAIN_LEVELS = [
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
 * Consistency levels that a request can ask for, by the names CQL uses. SERIAL and LOCAL_SERIAL are for reads of one
 * partition: a round of Paxos, which finishes conditional writes that were left in the middle.
 */
export const CONSISTENCY_LEVELS = [...PLAIN_LEVELS, ...SERIAL_LEVELS] as const;
export const consistencySchema = z.enum(CONSISTENCY_LEVELS);
export type Consistency = z.infer<typeof consistencySchema>;

/** What a cluster's reads and writes use by default: a level that fits them all. */
export const defaultConsistencySchema = z.enum(PLAIN_LEVELS);

/** Of the Paxos round of a conditional write, beside its consistency level; of a read, as that level. */
export const serialConsistencySchema = z.enum(SERIAL_LEVELS);
export type SerialConsistency = z.infer<typeof serialConsistencySchema>;

/** A Murmur3 token: a signed 64-bit integer as decimal text, because JSON numbers would round it. */
export const tokenSchema = z
  .string()
  .check(z.regex(/^-?\d{1,19}$/, 'a token is a signed 64-bit integer, such as -4069959284402364209'));

/** The name of a keyspace, table or type. */
export const nameSchema = z.string().check(z.minLength(1), z.maxLength(NAME_CHARACTERS));
export const columnNameSchema = z.string().check(z.minLength(1), z.maxLength(COLUMN_NAME_CHARACTERS));

/** Rows asked of Cassandra in one page. */
export const pageRowsSchema = z.int().check(z.minimum(1), z.maximum(10_000));

export const DEFAULT_PAGE_ROWS = 1_000;

/** A cursor: opaque, MAC-bound to the cluster, statement, parameters, table and columns it came from. */
export const cursorSchema = z.string().check(z.minLength(1), z.maxLength(200_000));
