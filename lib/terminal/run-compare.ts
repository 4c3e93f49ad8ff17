import 'server-only';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { runCompare } from '@/lib/compare/compare-kind';
import { describedPlan, planCompare, type Sides } from '@/lib/compare/plan';
import type { CompareWork } from '@/lib/compare/request';
import { DIFFERENCES_FILE } from '@/lib/compare/state';
import { compareRequestSchema } from '@/lib/contract/compare';
import { type Compared, differenceCount } from '@/lib/contract/move-counts';
import { describeIssues } from '@/lib/env';
import type { CompareArguments } from './arguments';
import { parseColumns } from './names';
import { TablesDiffer } from './outcome';
import { AT_THE_PROMPT } from './principal';
import { print } from './print';
import { durationText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import type { TwoTables } from './two-tables';
import { UsageError } from './usage';

interface Comparing {
  readonly clusters: Sides<Cluster>;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** The comparison that the options describe. @throws UsageError */
export function compareWork(given: CompareArguments, { source, target }: TwoTables): CompareWork {
  if (given.resume && given.output === undefined) throw new UsageError('--resume needs the directory: -o DIR.');
  const { consistency, targetConsistency, timeout: timeoutMs, concurrency, rate, keep } = given;
  const named: Record<string, unknown> = {
    ...{ consistency, targetConsistency, timeoutMs, keep, rangesAtOnce: concurrency, rowsPerSecond: rate },
    columns: given.columns === undefined ? undefined : parseColumns(given.columns),
  };
  const parsed = compareRequestSchema.safeParse({
    ...{ keyspace: source.keyspace, table: source.table },
    target: { keyspace: target.keyspace, table: target.table },
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The options', parsed.error));
}

/**
 * Compares two tables, and prints the differences or keeps them in a directory.
 * @throws TablesDiffer when they are not equal
 */
export async function runCompareCommand(request: CompareWork, given: CompareArguments, comparing: Comparing) {
  const { clusters, reporter, signal } = comparing;
  const plan = describedPlan(await planCompare(clusters, request));
  for (const { name, why } of plan.left) reporter.note(`! ${name} is not compared: ${why}`);
  const startedAt = performance.now();
  const kept = given.output === undefined ? null : resolve(given.output);
  const directory = kept ?? (await mkdtemp(join(tmpdir(), 'ringside-compare-')));
  try {
    const counts = await runCompare(clusters, {
      ...{ request, owner: AT_THE_PROMPT, directory, signal: AbortSignal.any([signal]) },
      watch: (progress) => {
        reporter.stop();
        reporter.watch(() => ({ ...progress(), bytes: null }));
      },
    }).finally(() => reporter.stop());
    if (kept === null) await printFile(join(directory, DIFFERENCES_FILE));
    const took = durationText(performance.now() - startedAt);
    const isEqual = differenceCount(counts) === 0;
    reporter.note(`${isEqual ? '✓' : '✗'} ${countsText(counts)} · ${took}${kept === null ? '' : ` · ${kept}`}`);
    if (!isEqual) throw new TablesDiffer(differText(differenceCount(counts)));
  } finally {
    if (kept === null) await rm(directory, { recursive: true, force: true });
  }
}

/** @throws ReaderGone; Failure when they cannot be kept */
async function printFile(path: string): Promise<void> {
  for await (const chunk of createReadStream(path, 'utf8')) await print(chunk);
}

function differText(rows: number): string {
  return `${rows === 1 ? '1 row is' : `${grouped(rows)} rows are`} not the same in both tables.`;
}

function countsText({ equal, missing, extra, different, kept }: Compared): string {
  const all = missing + extra + different;
  return [
    `${grouped(equal)} equal`,
    `${grouped(missing)} missing in the second`,
    `${grouped(extra)} only there`,
    `${grouped(different)} different`,
    ...(kept < all ? [`only the first ${grouped(kept)} differences are kept`] : []),
  ].join(' · ');
}
