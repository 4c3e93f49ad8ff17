import type { Consistency } from '@/lib/contract/common';
import { CONNECTOR } from './script';

/** What the properties file of a job needs to know. */
export interface Connection {
  /** `host` or `host:port`. */
  readonly contactPoints: readonly string[];
  readonly port: number;
  readonly localDatacenter: string;
  readonly tls: boolean;
}

export interface Pace {
  readonly consistency: Consistency;
  readonly writeConsistency: Consistency;
  readonly splitMebibytes: number;
  /** Of each core; null: no limit. */
  readonly readsPerSecond: number | null;
  readonly concurrentWrites: number;
}

/**
 * Always set: an overflow ends the job and does not become null, times are UTC, and files have types that others read. By
 * default the connector would write a tombstone for each null.
 */
const ALWAYS: readonly (readonly [string, string])[] = [
  ['spark.sql.ansi.enabled', 'true'],
  ['spark.sql.session.timeZone', 'UTC'],
  ['spark.sql.parquet.outputTimestampType', 'TIMESTAMP_MICROS'],
  ['spark.sql.parquet.datetimeRebaseModeInWrite', 'CORRECTED'],
  ['spark.cassandra.output.ignoreNulls', 'true'],
  // A log of every task would grow with the table.
  ['spark.log.level', 'WARN'],
];

/** The ciphers of TLS 1.3 and 1.2 that Cassandra's nodes offer; the connector's own list is older than both. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
].join(',');

/** The settings of a job by their names, without secrets. `more` cannot replace what is always set. */
export function settingsOf(
  { contactPoints, port, localDatacenter, tls }: Connection,
  pace: Pace,
  more: Readonly<Record<string, string>>,
): Map<string, string> {
  return new Map([
    ...Object.entries(more),
    ['spark.cassandra.connection.host', contactPoints.join(',')],
    ['spark.cassandra.connection.port', String(port)],
    ['spark.cassandra.connection.localDC', localDatacenter],
    ['spark.cassandra.input.consistency.level', pace.consistency],
    ['spark.cassandra.output.consistency.level', pace.writeConsistency],
    ['spark.cassandra.input.split.sizeInMB', String(pace.splitMebibytes)],
    ...(pace.readsPerSecond === null
      ? []
      : [['spark.cassandra.input.readsPerSec', String(pace.readsPerSecond)] as const]),
    ['spark.cassandra.output.concurrent.writes', String(pace.concurrentWrites)],
    ...(tls
      ? [
          ['spark.cassandra.connection.ssl.enabled', 'true'] as const,
          ['spark.cassandra.connection.ssl.enabledAlgorithms', CIPHERS] as const,
        ]
      : []),
    ...ALWAYS,
  ]);
}

/** The text of a properties file, as Java reads it. */
export function propertiesText(settings: ReadonlyMap<string, string>, comments: readonly string[] = []): string {
  const escaped = (text: string) =>
    text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replace(/^ /, '\\ ');
  const lines = [...settings].map(([name, value]) => `${name}=${escaped(value)}`);
  return `${[...comments.map((comment) => `# ${comment.replaceAll(/[\r\n]+/g, ' ')}`), ...lines].join('\n')}\n`;
}

/** The files of a job. */
interface JobFiles {
  readonly properties: string;
  readonly script: string;
  /** Addresses of the connector's jars; absent: Spark fetches the connector by its coordinates. */
  readonly jars?: readonly string[];
}

/** The arguments of spark-submit. No secret is among them: anybody on the machine can list a process's arguments. */
export function submitArguments(master: string, { properties, script, jars }: JobFiles): string[] {
  const connector = jars === undefined ? ['--packages', CONNECTOR] : ['--jars', jars.join(',')];
  return ['--master', master, ...connector, '--properties-file', properties, script];
}

/** The same as a command line to copy, for a POSIX shell. */
export function submitCommand(master: string, files: JobFiles): string {
  const words = submitArguments(master, files).map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  const options = words.slice(0, -1).flatMap((word, at) => (at % 2 === 0 ? [`${word} ${words[at + 1]}`] : []));
  return ['spark-submit', ...options, words.at(-1) ?? ''].join(' \\\n  ');
}
