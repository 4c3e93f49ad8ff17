import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { getCluster } from '@/lib/cassandra/client/registry';
import type { JobDescription } from '@/lib/contract/jobs';
import type { ParsedSparkRequest } from '@/lib/contract/spark';
import { Failure, invalidRequest } from '@/lib/failure';
import type { JobKind } from '@/lib/jobs/job-kind';
import { planSpark } from './plan-spark';
import { type SparkWork, sparkWorkSchema } from './request';
import { runSpark } from './run-spark';
import { readSparkStanding } from './state';

/** A job on Spark: an export, a copy or a load. It was planned before: see {@link workOf}. */
export const sparkKind: JobKind<SparkWork> = {
  name: 'spark',
  requestSchema: sparkWorkSchema,
  // Nobody with their own role comes here: `planSpark` refuses.
  plan: (name, work) => Promise.resolve({ description: described(getCluster(name), work), request: work }),
  run: async ({ cluster, request: work, directory, signal, watch }) => {
    await runSpark(getCluster(cluster), { work, directory, signal: AbortSignal.any([signal]), watch });
  },
  standing: readSparkStanding,
  isPausable: false,
};

/**
 * What a job on Spark does, from a request that may start here.
 * @param isAnywhere as for {@link planSpark}
 * @throws Failure `invalid_request` for what Spark cannot do, `confirmation_required` for columns that may lose values
 */
export async function workOf(cluster: Cluster, request: ParsedSparkRequest, isAnywhere: boolean): Promise<SparkWork> {
  const timestampMicros = ('timestampMicros' in request ? request.timestampMicros : undefined) ?? Date.now() * 1_000;
  const { plan, script, master } = await planSpark(cluster, request, { timestampMicros, isAnywhere });
  const [problem] = plan.problems;
  if (problem !== undefined || script === null) throw invalidRequest(problem ?? 'Spark cannot do this.');
  if (plan.unconfirmed.length > 0) {
    throw new Failure({
      code: 'confirmation_required',
      message: `Spark may change values of ${plan.unconfirmed.join(', ')} in silence.`,
      hint: 'Accept that for each of these columns, or leave them out.',
      retryable: false,
    });
  }
  if (!plan.start.can) throw invalidRequest(plan.start.reason);
  return { request, master, script, timestampMicros };
}

function described(cluster: Cluster, { request, master }: SparkWork): JobDescription {
  const consistency = request.consistency ?? cluster.config.consistency;
  const name = `${request.keyspace}.${request.table}`;
  switch (request.do) {
    case 'export': {
      const statement = `Spark at ${master}: ${name} → ${request.target ?? 'this job’s directory'}`;
      return { title: name, statement, consistency, format: request.format, compression: 'none' };
    }
    case 'copy': {
      const into = `${request.to.keyspace}.${request.to.table}`;
      return { title: `${name} → ${into}`, statement: `Spark at ${master}: ${name} → ${into}`, consistency };
    }
    case 'load':
      return { title: name, statement: `Spark at ${master}: ${request.source} → ${name}`, consistency };
    default:
      return request satisfies never;
  }
}

/** The table that a request writes to; null: none. */
export function writtenTable(request: ParsedSparkRequest): string | null {
  return request.do === 'export' ? null : request.do === 'copy' ? request.to.table : request.table;
}

/** @throws Failure `confirmation_required` unless the table that is written to was named */
export function checkNamed(request: ParsedSparkRequest, confirmName: string | undefined): void {
  const table = writtenTable(request);
  if (table === null || table === confirmName) return;
  throw new Failure({
    code: 'confirmation_required',
    message: `This job writes to the table ${table}, for every row it reads.`,
    hint: 'Confirm it by the table’s name.',
    retryable: false,
  });
}
