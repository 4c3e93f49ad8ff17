import 'server-only';
import type { Classification } from '@/lib/contract/statements';
import { filterAdvice } from '@/lib/cql/filter-advice';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { explainedShortage } from '../client/unavailable';
import { readSchema } from '../schema/schema';

/** The read whose conditions are explained. */
interface RefusedRead {
  readonly cluster: Cluster;
  readonly keyspace?: string | undefined;
  readonly statement: string;
  readonly classification: Pick<Classification, 'kind' | 'table' | 'target'>;
}

/**
 * The failure of a read. If Cassandra refused its conditions, the failure also says which of them it cannot serve and
 * what would help: the server's message often says neither. If replicas are missing, it says whether they exist.
 */
export async function explainedFailure(read: RefusedRead, error: unknown): Promise<unknown> {
  const { error: failure } = toFailure(error);
  if (failure.code === 'not_enough_replicas') return explainedShortage(read, error);
  if (failure.code !== 'invalid_statement' || read.classification.kind !== 'select') return error;
  const schema = await readSchema(read.cluster).catch(() => null);
  if (schema === null) return error;
  const { statement, keyspace } = read;
  const advice = filterAdvice(statement, { keyspace, schema: schemaLookup(schema.keyspaces) });
  if (advice === null) return error;
  const message = `${failure.message} The likely reason: ${advice.problem}.`;
  const explained = advice.isFilterable
    ? { ...failure, message, hint: FILTER, option: 'allowFiltering' as const }
    : { ...failure, message, hint: NO_FILTER };
  return new Failure(explained, { cause: error });
}

const FILTER =
  'Add what is missing, remove a condition, or end the statement with ALLOW FILTERING, which reads more rows than it returns.';
const NO_FILTER = 'Add what is missing, or remove a condition. ALLOW FILTERING does not help here.';
