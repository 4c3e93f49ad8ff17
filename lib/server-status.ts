import 'server-only';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { serverAudit } from './audit/server-audit';
import { allClusters } from './cassandra/client/registry';
import { readEnvironment } from './env';
import { serverJobs } from './server-jobs';
import { serverSignIn } from './sign-in/server-sign-in';
import { isStopping } from './stopping';
import { requestCounts, streamCounts } from './telemetry/counts';
import { type Metrics, openMetrics, type Reading } from './telemetry/metrics';
import { type Readiness, readinessOf } from './telemetry/readiness';

/** A disk that is away must not hold up whoever asks whether Ringside is ready. */
const DATA_TIMEOUT_MS = 1_000;

/**
 * Whether this server can serve people. Nothing is asked of a cluster, so that none can hold it up.
 * @param areJobsFound whether the jobs of the previous process have been read
 */
export async function serverReadiness(areJobsFound: boolean): Promise<Readiness> {
  const clusters = allClusters();
  const connected = clusters.filter((cluster) => cluster.health().status === 'connected').length;
  return readinessOf({
    areJobsFound,
    isStopping: isStopping(),
    isDataWritable: await isDataWritable(),
    clusters: { configured: clusters.length, connected },
  });
}

async function isDataWritable(): Promise<boolean | null> {
  const path = resolve(/* turbopackIgnore: true */ readEnvironment().RINGSIDE_DATA_DIR);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), DATA_TIMEOUT_MS);
  });
  const writable = access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return Promise.race([writable, late]).finally(() => clearTimeout(timer));
}

let metrics: Promise<Metrics> | null = null;

/** The metrics of this server, made when they are first asked for. */
export async function serverMetrics(): Promise<{ readonly contentType: string; readonly text: string }> {
  metrics ??= openMetrics(reading);
  const { contentType, text } = await metrics;
  return { contentType, text: await text() };
}

function reading(): Reading {
  return {
    requests: requestCounts(),
    streams: streamCounts(),
    clusters: allClusters().map(({ name, reads }) => ({
      cluster: name,
      ...reads.taken,
      inFlight: reads.state.underWay.length,
      waiting: reads.state.waiting.length,
    })),
    jobs: serverJobs().counts(),
    audit: auditCount(),
    sessions: serverSignIn()?.sessions.count() ?? null,
  };
}

function auditCount(): Reading['audit'] {
  const standing = serverAudit()?.standing;
  if (standing === undefined) return null;
  const { lines, lost, failing } = standing;
  return { lines, lost, isFailing: failing !== null };
}
