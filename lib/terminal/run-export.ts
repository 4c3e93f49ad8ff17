import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { type ExportArguments, limitsOf } from './arguments';
import type { Destination } from './destination';
import { durationText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { planned, requestOf } from './request';
import { type FileKind, fileKind, type Target, targetOf } from './target';
import { ToDirectory } from './to-directory';
import { ToFile } from './to-file';
import { ToStdout } from './to-stdout';
import { UsageError } from './usage';

/** An export that is ready to run: the options are consistent, and the file can be created. */
export interface PreparedExport {
  readonly destination: Destination;
  run(cluster: Cluster, reporter: Reporter, signal: AbortSignal): Promise<void>;
}

/** @throws UsageError before anything is requested from Cassandra */
export async function prepareExport(given: ExportArguments): Promise<PreparedExport> {
  const target = targetOf(given.output);
  const kind = fileKind(given, target, process.stdout.isTTY);
  const request = requestOf(given, kind);
  if (given.threads !== undefined && target.kind !== 'directory') {
    throw new UsageError('--threads is for a directory of parts: -o DIR/. One file is written by one thread.');
  }
  const destination = destinationOf(target, kind, given);
  await destination.prepare();
  return {
    destination,
    async run(cluster, reporter, signal) {
      const startedAt = performance.now();
      const source = await planned(cluster, given, request);
      for (const warning of source.warnings) reporter.note(`! ${warning}`);
      const limits = limitsOf(given);
      const watch = reporter.watch.bind(reporter);
      const done = await destination.run({ cluster, source, kind, limits, signal, watch });
      reporter.stop();
      for (const warning of new Set(done.warnings)) reporter.note(`! ${warning}`);
      const elapsedMs = performance.now() - startedAt;
      const rate = `${grouped(Math.round((done.rows / elapsedMs) * 1_000))} rows/s`;
      const sum = done.sha256 === null ? `checksums of the parts are in ${given.output}` : `SHA-256 ${done.sha256}`;
      const facts = [`${grouped(done.rows)} rows`, `${grouped(done.bytes)} bytes`, durationText(elapsedMs), rate, sum];
      reporter.note(`✓ complete: ${facts.join(' · ')}`);
    },
  };
}

function destinationOf(target: Target, kind: FileKind, again: ExportArguments): Destination {
  switch (target.kind) {
    case 'stdout':
      return new ToStdout();
    case 'file':
      return new ToFile(target.path, kind, again);
    case 'directory':
      return new ToDirectory(target.path, { ...again, threads: again.threads ?? 'auto' });
    default:
      return target satisfies never;
  }
}
