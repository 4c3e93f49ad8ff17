import 'server-only';
import { join } from 'node:path';
import { isWriting } from './audit/follow';
import { serverAudit } from './audit/server-audit';
import { clusterFor } from './cassandra/client/registry';
import { changeKind } from './change-many/change-kind';
import { compareKind } from './compare/compare-kind';
import { hasOwnRole } from './contract/principal';
import { copyKind } from './copy/copy-kind';
import { readEnvironment } from './env';
import { exportKind } from './export/export-kind';
import type { JobGuard } from './jobs/job-guard';
import { type CheckedKind, checkedKind, type JobRun } from './jobs/job-kind';
import { JobManager } from './jobs/job-manager';
import { loadKind } from './load/load-kind';
import { checkGoesOn } from './server-rights';
import { sparkKind } from './spark/spark-kind';

/** How soon a running job notices that its owner has lost a right. */
const WITHDRAWN_EVERY_MS = 60_000;

const KEY = Symbol.for('ringside.jobs');

/** Everything that a job of this server can be. A new kind plugs in here. */
const KINDS = [
  checkedKind(exportKind),
  checkedKind(changeKind),
  checkedKind(loadKind),
  checkedKind(compareKind),
  checkedKind(copyKind),
  checkedKind(sparkKind),
].map((kind) => whileAudited(asOwner(kind)));

/** Jobs that write do not begin or go on, by a restart, while the audit cannot be written. */
function whileAudited(kind: CheckedKind): CheckedKind {
  if (!isWriting(kind.name)) return kind;
  const run = async (work: JobRun<unknown>) => {
    serverAudit()?.checkGoesOn();
    await kind.run(work);
  };
  return { ...kind, run };
}

/** Keeps the connections of whoever signed in as a Cassandra role open while their job runs. */
function asOwner(kind: CheckedKind): CheckedKind {
  const run = async (work: JobRun<unknown>) => {
    if (!hasOwnRole(work.owner)) return kind.run(work);
    const leave = clusterFor(work.cluster, work.owner).enter();
    try {
      await kind.run(work);
    } finally {
      leave();
    }
  };
  return { ...kind, run };
}

/** The jobs in `directory`: the server has one of these, a test its own. */
export function openJobs(directory: string, atOnce: number, guard?: JobGuard): JobManager {
  return new JobManager(directory, KINDS, atOnce, guard);
}

/** The jobs of this server, in `RINGSIDE_EXPORT_DIR`; the same for every instance of this module. */
export function serverJobs(): JobManager {
  const global = globalThis as { [KEY]?: JobManager };
  global[KEY] ??= newManager();
  return global[KEY];
}

function newManager(): JobManager {
  const { RINGSIDE_EXPORT_DIR, RINGSIDE_DATA_DIR, RINGSIDE_EXPORT_JOBS } = readEnvironment();
  const manager = openJobs(RINGSIDE_EXPORT_DIR ?? join(RINGSIDE_DATA_DIR, 'exports'), RINGSIDE_EXPORT_JOBS, {
    check: checkGoesOn,
  });
  setInterval(() => void manager.stopWithdrawn().catch(console.error), WITHDRAWN_EVERY_MS).unref();
  return manager;
}
