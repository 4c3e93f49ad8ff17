import 'server-only';
import { join } from 'node:path';
import { clusterFor } from './cassandra/client/registry';
import { changeKind } from './change-many/change-kind';
import { compareKind } from './compare/compare-kind';
import { hasOwnRole } from './contract/principal';
import { copyKind } from './copy/copy-kind';
import { readEnvironment } from './env';
import { exportKind } from './export/export-kind';
import { type CheckedKind, checkedKind, type JobRun } from './jobs/job-kind';
import { JobManager } from './jobs/job-manager';
import { loadKind } from './load/load-kind';
import { checkGoesOn } from './server-rights';
import { sparkKind } from './spark/spark-kind';

const KEY = Symbol.for('ringside.jobs');

/** Everything that a job of this server can be. A new kind plugs in here. */
const KINDS = [
  checkedKind(exportKind),
  checkedKind(changeKind),
  checkedKind(loadKind),
  checkedKind(compareKind),
  checkedKind(copyKind),
  checkedKind(sparkKind),
].map((kind) => asOwner(whileGranted(kind)));

/** The same kind, whose jobs run only while their owner may see what they have read. */
function whileGranted(kind: CheckedKind): CheckedKind {
  return {
    ...kind,
    run: async (run) => {
      await checkGoesOn({ ...run, kind: kind.name });
      await kind.run(run);
    },
  };
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
export function openJobs(directory: string, atOnce: number): JobManager {
  return new JobManager(directory, KINDS, atOnce);
}

/** The jobs of this server, in `RINGSIDE_EXPORT_DIR`; the same for every instance of this module. */
export function serverJobs(): JobManager {
  const global = globalThis as { [KEY]?: JobManager };
  global[KEY] ??= newManager();
  return global[KEY];
}

function newManager(): JobManager {
  const { RINGSIDE_EXPORT_DIR, RINGSIDE_DATA_DIR, RINGSIDE_EXPORT_JOBS } = readEnvironment();
  return openJobs(RINGSIDE_EXPORT_DIR ?? join(RINGSIDE_DATA_DIR, 'exports'), RINGSIDE_EXPORT_JOBS);
}
