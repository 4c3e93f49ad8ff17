import type { SchemaLookup } from './schema-lookup';
import type { FunctionCall } from './select-parser';

const NATIVE_AGGREGATES: ReadonlySet<string> = new Set(['count', 'min', 'max', 'sum', 'avg', 'countrows']);

/** Cassandra's built-in functions of one row, 4.0 to 5.0, in old and new spelling. */
const NATIVE_SCALARS: ReadonlySet<string> = new Set(
  (
    'token ttl writetime maxwritetime cast distinct json tojson to_json fromjson from_json uuid now mintimeuuid ' +
    'min_timeuuid maxtimeuuid max_timeuuid dateof unixtimestampof todate to_date totimestamp to_timestamp ' +
    'tounixtimestamp to_unix_timestamp currentdate current_date currenttime current_time currenttimestamp ' +
    'current_timestamp currenttimeuuid current_timeuuid floor abs exp log log10 round map_keys map_values ' +
    'collection_count collection_min collection_max collection_sum collection_avg similarity_cosine ' +
    'similarity_euclidean similarity_dot_product mask_null mask_default mask_replace mask_inner mask_outer mask_hash'
  ).split(' '),
);

const BLOB_CONVERSION = /^(blob_?as_?[a-z]+|[a-z]+_?as_?blob)$/;

/**
 * True if a function of a selection aggregates many rows into one, or may: a user-defined one that the schema does not
 * describe counts as an aggregate.
 */
export function mayAggregate(
  call: FunctionCall,
  keyspace: string | undefined,
  schema: SchemaLookup | undefined,
): boolean {
  const { name } = call;
  if (call.keyspace === undefined || call.keyspace === 'system') {
    if (NATIVE_AGGREGATES.has(name)) return true;
    if (NATIVE_SCALARS.has(name) || BLOB_CONVERSION.test(name)) return false;
  }
  return schema === undefined || schema.isAggregate(call.keyspace ?? keyspace, name);
}
