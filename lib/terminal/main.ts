import 'server-only';
import { Cluster } from '@/lib/cassandra/client/cluster';
import type { ClusterConfig } from '@/lib/contract/configuration';
import { version } from '@/package.json';
import { type ClusterArguments, type CountArguments, parseArguments, type TerminalCommand } from './arguments';
import { chooseCluster } from './clusters';
import type { Destination } from './destination';
import { COMPLETE, type EndingSignal, exitStatus, explainEnd, Interrupted, SIGNALS } from './outcome';
import { print } from './print';
import { Reporter } from './reporter';
import { changeRequest, runChange } from './run-change';
import { checkChangeMany, runChangeMany } from './run-change-many';
import { compareWork, runCompareCommand } from './run-compare';
import { checkCopy, copyTables, runCopyCommand } from './run-copy';
import { countName, runCount } from './run-count';
import { prepareExport } from './run-export';
import { checkLoad, runLoad } from './run-load';
import { runSchedule } from './run-schedule';
import { checkSpark, planOnSpark, runOnSpark, setUpSpark } from './run-spark';
import { runUser } from './run-user';
import { clustersOf, parseTwoTables } from './two-tables';

/** How long a stopped command may take to shut down before it is killed. */
const GRACE_MS = 5_000;

const ending = new AbortController();
for (const name of Object.keys(SIGNALS) as EndingSignal[]) process.on(name, () => end(name));

/** What is running, in case it ends early. */
const running: { destination: Destination | null; hasQuery: boolean; howToGoOn: string | null } = {
  destination: null,
  hasQuery: false,
  howToGoOn: null,
};
let status = COMPLETE;
let reporter = new Reporter(false);
try {
  const command = parseArguments(process.argv.slice(2), version);
  if (command.kind === 'say') await print(command.text);
  else await run(command);
} catch (error) {
  reporter.stop();
  status = exitStatus(error);
  const howToGoOn = running.howToGoOn === null ? [] : [running.howToGoOn];
  const aftermathOf = (canGoOn: boolean) => running.destination?.aftermath(canGoOn) ?? (canGoOn ? howToGoOn : []);
  for (const line of explainEnd(error, aftermathOf, running.hasQuery)) reporter.error(line);
}
finish();

/** A thread that waits for a reader of standard output would delay an exit, but not a signal. */
function finish(): void {
  const { reason } = ending.signal;
  if (running.destination?.isBlocked() && reason instanceof Interrupted) raise(reason.by);
  else process.exit(status);
}

function raise(name: EndingSignal): void {
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}

/** The first signal shuts the command down, the second kills it. */
function end(name: EndingSignal): void {
  if (ending.signal.aborted) raise(name);
  ending.abort(new Interrupted(name));
  setTimeout(() => raise(name), GRACE_MS).unref();
}

type Ran = Exclude<TerminalCommand, { kind: 'say' }>;

async function run(command: Ran): Promise<void> {
  if (command.kind === 'spark-setup') return setUpSpark(ending.signal);
  reporter = new Reporter(command.given.quiet);
  const { signal } = ending;
  switch (command.kind) {
    case 'schedule':
      return runSchedule(command.given, { reporter, signal });
    case 'user':
      return runUser(command.given, { reporter, signal });
    case 'count':
      return count(command.given);
    case 'change':
    case 'change-many':
      return change(command);
    case 'load':
    case 'copy':
    case 'compare':
      return move(command);
    case 'spark-plan':
    case 'spark-run': {
      const spark = command.kind === 'spark-plan' ? planOnSpark : runOnSpark;
      checkSpark(command.kind, command.given);
      const writes = (command.given.copyTo ?? command.given.load) !== undefined;
      return withCluster(command.given, (cluster) => spark(command.given, { cluster, reporter, signal }), writes);
    }
    case 'export': {
      const prepared = await prepareExport(command.given);
      running.destination = prepared.destination;
      running.hasQuery = command.given.query !== undefined;
      return withCluster(command.given, (cluster) => prepared.run(cluster, reporter, signal));
    }
    default:
      return command satisfies never;
  }
}

async function count(given: CountArguments): Promise<void> {
  const { signal } = ending;
  countName(given);
  const rows = await withCluster(given, (cluster) => runCount(given, { cluster, reporter, signal }));
  await print(`${rows}\n`);
}

async function change(command: Extract<Ran, { kind: 'change' | 'change-many' }>): Promise<void> {
  const { signal } = ending;
  if (command.kind === 'change') {
    const request = changeRequest(command.given);
    await withCluster(
      command.given,
      (cluster) => runChange(request, command.given, { cluster, reporter, signal }),
      true,
    );
    return;
  }
  checkChangeMany(command.given);
  await withCluster(command.given, (cluster) => runChangeMany(command.given, { cluster, reporter, signal }), true);
}

async function move(command: Extract<Ran, { kind: 'load' | 'copy' | 'compare' }>): Promise<void> {
  const { signal } = ending;
  if (command.kind === 'load') {
    checkLoad(command.given);
    const began = (howToGoOn: string | null) => {
      running.howToGoOn = howToGoOn;
    };
    await withCluster(command.given, (cluster) => runLoad(command.given, { cluster, reporter, signal, began }), true);
    return;
  }
  if (command.kind === 'compare') {
    const tables = parseTwoTables(command.given);
    const request = compareWork(command.given, tables);
    const { source, target } = clustersOf(tables, command.given, false);
    const compare = (one: Cluster, other = one) =>
      runCompareCommand(request, command.given, { clusters: { source: one, target: other }, reporter, signal });
    await withClusters(target === null ? [source] : [source, target], compare);
    return;
  }
  const tables = copyTables(command.given);
  checkCopy(command.given);
  const { source, target } = clustersOf(tables, command.given, true);
  const copy = (one: Cluster, other = one) =>
    runCopyCommand(tables, command.given, { clusters: { source: one, target: other }, reporter, signal });
  await withClusters(target === null ? [source] : [source, target], copy);
}

function withCluster<T>(given: ClusterArguments, work: (cluster: Cluster) => Promise<T>, writes = false): Promise<T> {
  return withClusters([chooseCluster(given, process.env, writes)], work);
}

async function withClusters<T>(
  [first, ...others]: readonly [ClusterConfig, ...ClusterConfig[]],
  work: (cluster: Cluster, ...others: Cluster[]) => Promise<T>,
): Promise<T> {
  const cluster = new Cluster(first);
  const more = others.map((config) => new Cluster(config));
  try {
    return await Promise.race([work(cluster, ...more), whenEnded()]);
  } finally {
    // Do not wait for nodes that have not answered by now.
    for (const one of [cluster, ...more]) void one.close();
  }
}

/** Connecting ignores the signal, so this ends the wait for it. Writing handles the signal itself and gets time to finish. */
function whenEnded(): Promise<never> {
  return new Promise((_, reject) => {
    ending.signal.addEventListener('abort', () => setTimeout(() => reject(ending.signal.reason), GRACE_MS / 2), {
      once: true,
    });
  });
}
