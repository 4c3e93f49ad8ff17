/**
 * All limits on requests. Those that an operator can change are defaults here and are read from the environment
 * (`lib/limits.ts`); docs/configuration.md lists them all.
 */

/** Bytes of a request's body. */
export const REQUEST_BYTES = 4 * 1024 * 1024;

/** Characters of one statement. An IN list of 3,000 keys has about 24,000, a batch of 500 INSERTs about 150,000. */
export const STATEMENT_CHARACTERS = 256 * 1024;
/** The highest value of the limit on statements. */
export const MOST_STATEMENT_CHARACTERS = 1_000_000;

/** Statements of one request for a script's. */
export const SCRIPT_STATEMENTS = 1_000;

/** Values for bind markers: the protocol counts them with 16 bits (native protocol v4, section 4.1.4). */
export const PARAMETERS = 65_535;

/** Nesting of arrays and objects in a client's JSON. */
export const JSON_DEPTH = 128;

/** Nesting of types. Far beyond any real schema, far below what exhausts the stack. */
export const TYPE_DEPTH = 64;

/** Characters of a keyspace's, table's, type's or role's name; Cassandra's own limit for most of them is 48. */
export const NAME_CHARACTERS = 256;
/** Characters of a column's name: Cassandra counts its bytes with 16 bits. */
export const COLUMN_NAME_CHARACTERS = 65_535;

/** Filters of a request for rows. */
export const FILTERS = 64;
/** Columns that a request names. */
export const COLUMNS = 10_000;

/** Characters of a JSON parameter in a URL. */
export const URL_JSON_CHARACTERS = 16 * 1024;

/** Bytes of one row, as Cassandra sends it, in the stream of rows that the page shows. */
export const SHOWN_ROW_BYTES = 64 * 1024 * 1024;
/** Bytes of one row in a file: the most that a protocol frame can hold. */
export const WRITTEN_ROW_BYTES = 256 * 1024 * 1024;

/** Bytes of one row whose copies are compared: every replica's copy is held decoded, all in one response. */
export const COMPARED_ROW_BYTES = 4 * 1024 * 1024;

/** Coordinators that one request runs a statement on to compare their results, and the rows that it reads from each. */
export const COMPARED_NODES = 12;
export const COMPARED_ROWS = 200;

/** How much of a sampled value is shown. */
export const EXAMPLE_CHARACTERS = 120;

/** How many faults an error message lists. */
export const LISTED_FAULTS = 10;

/** Saved statements: characters of a folder's or statement's name, of a whole path, of a description; folders in folders. */
export const SAVED_NAME_CHARACTERS = 100;
export const SAVED_PATH_CHARACTERS = 400;
export const SAVED_DESCRIPTION_CHARACTERS = 500;
export const SAVED_DEPTH = 8;
/** Parameters that a saved statement describes. */
export const SAVED_PARAMETERS = 100;

/** Characters of a page's address. Requests repeat it in two headers, one of them encoded twice; all must fit into 16 KiB. */
export const ADDRESS_CHARACTERS = 4_000;

/** Rows of a list that a statement runs for, in one request. */
export const EACH_ROWS = 100_000;
/** Requests of such a run in flight. */
export const EACH_CONCURRENCY = 128;
/** Rows of results of such a run that are sent to the page; the rest are counted. */
export const EACH_KEPT_ROWS = 1_000;
/** Rows that one run of its statement reads. */
export const EACH_PAGE_ROWS = 100;

/** Changes of rows in one plan. */
export const MUTATION_CHANGES = 1_000;
/** Characters of one table's waiting changes that a browser keeps: it has about five million for all of Ringside. */
export const KEPT_CHANGES_CHARACTERS = 1_500_000;
/** Bytes of the rows that a plan changes, as Cassandra sends them: the plan holds them until it is run. */
export const MUTATION_ROW_BYTES = 8 * 1024 * 1024;
/** Nodes whose live numbers are drawn each by itself. */
export const MOST_LIVE_NODES = 12;

/** Steps of a mapping between a field and its column. */
export const MAPPING_STEPS = 16;
/** Bytes of one record of a file that is loaded. */
export const RECORD_BYTES = 16 * 1024 * 1024;
/** Bytes of a Parquet row group that is loaded, decompressed. */
export const ROW_GROUP_BYTES = 256 * 1024 * 1024;
/** Bytes that a compressed file may become, and how many for each of its own: gzip reaches a thousand with zeros. */
export const DECOMPRESSED_BYTES = 1024 ** 4;
export const DECOMPRESSED_RATIO = 250;

/** Bytes of one uploaded file; the space for all of them is the operator's to set. */
export const UPLOAD_BYTES = 1024 ** 4;
/** Problems that a dry run lists; it counts all. */
export const LISTED_PROBLEMS = 1_000;
/** Rows whose key came before that a dry run lists; it counts all. */
export const LISTED_DUPLICATES = 100;
/** Bytes of one piece of it. */
export const UPLOAD_PIECE_BYTES = 16 * 1024 * 1024;
