import 'server-only';
import { resolve } from 'node:path';
import { toFailure } from '@/lib/cassandra/client/errors';
import { allClusters, closeClusters } from '@/lib/cassandra/client/registry';
import { gateAudited, isWriting, jobsAudited, sessionsAudited } from './audit/follow';
import { type ServerAudit, serverAudit } from './audit/server-audit';
import { serverConfiguration } from './clusters/server-configuration';
import { watchEvents } from './clusters/take';
import { DATA_LAYOUT, openDataFolder } from './data-folder';
import { ConfigurationError, readEnvironment } from './env';
import { stopStreams } from './http/open-streams';
import { startApprovals } from './server-approvals';
import { serverJobs } from './server-jobs';
import { followRoles } from './server-roles';
import { serverSchedules } from './server-schedules';
import { serverMetrics, serverReadiness } from './server-status';
import { type ServerSignIn, serverSignIn } from './sign-in/server-sign-in';
import { webGate } from './sign-in/web-gate';

/** server/ looks them up under the same names. */
const END = Symbol.for('ringside.end');
const STATUS = Symbol.for('ringside.status');
/** Where server/main.mjs waits to hear who may enter. */
const GATE = Symbol.for('ringside.gate');

/**
 * Validates environment and configuration, resumes the sessions, jobs and schedules of the previous process, and registers
 * for the web server who may enter, how this one stands, and how to end jobs and connections: server/shutdown.mjs ends the
 * process.
 */
export async function startServer(): Promise<void> {
  try {
    serverConfiguration();
    takeDataFolder();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Ringside cannot start:\n${error.message}`);
    process.exit(1);
  }
  for (const cluster of allClusters()) watchEvents(cluster);
  serverConfiguration().watch();
  const signIn = serverSignIn();
  await begun(signIn);
  const audit = serverAudit();
  await auditBegun(audit, signIn);
  if (signIn?.ownRoles != null) followRoles(signIn.ownRoles);
  await passesBegun(audit);
  let areJobsFound = false;
  void serverJobs()
    .recover()
    .then(() => {
      areJobsFound = true;
    });
  void serverSchedules().start();
  const work = () => [
    serverSchedules().close(),
    serverJobs().suspend(),
    stopStreams(),
    signIn?.sessions.close(),
    signIn?.tokens?.close(),
  ];
  const end = () =>
    Promise.all(work())
      // How streams and jobs ended is in it.
      .finally(() => audit?.end())
      .finally(closeClusters);
  const status = { readiness: () => serverReadiness(areJobsFound), metrics: serverMetrics };
  Object.assign(globalThis, { [END]: end, [STATUS]: status });
  const sayGate = Reflect.get(globalThis, GATE);
  if (typeof sayGate === 'function') sayGate(gateAudited(webGate(signIn), audit));
}

/** Before jobs go on, so that their steps are in it. */
async function auditBegun(audit: ServerAudit | null, signIn: ServerSignIn | null): Promise<void> {
  if (audit === null) return;
  await audit.begin();
  serverJobs().followedBy(jobsAudited(audit));
  audit.whenRefusing((why) => void serverJobs().pauseKinds(isWriting, why));
  if (signIn !== null) sessionsAudited(signIn, audit);
}

/** What is damaged gives nobody a pass. */
async function passesBegun(audit: ServerAudit | null): Promise<void> {
  await startApprovals(audit).catch((error: unknown) => console.error('The emergency passes cannot be read.', error));
}

/** @throws ConfigurationError when a later Ringside wrote it, or it cannot be used */
function takeDataFolder(): void {
  const folder = resolve(/* turbopackIgnore: true */ readEnvironment().RINGSIDE_DATA_DIR);
  if (openDataFolder(folder) !== 'earlier') return;
  console.log(`The data folder ${folder} had no mark of its layout, or an earlier one: it is now ${DATA_LAYOUT}.`);
}

/** Reads the sessions and users of before. What is damaged must be looked at: everybody would have to sign in again. */
async function begun(signIn: ServerSignIn | null): Promise<void> {
  try {
    await signIn?.sessions.load();
    await signIn?.tokens?.load();
    await signIn?.users?.refresh();
  } catch (error) {
    const { message, hint } = toFailure(error).error;
    console.error(`Ringside cannot start:\n${[message, hint ?? []].flat().join('\n')}`);
    process.exit(1);
  }
}
