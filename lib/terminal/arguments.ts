import 'server-only';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { consistencySchema, defaultConsistencySchema, serialConsistencySchema } from '@/lib/contract/common';
import { compressionSchema, exportFormatSchema } from '@/lib/contract/exports';
import { ENCODINGS } from '@/lib/contract/load-sources';
import { scanLimitsSchema } from '@/lib/contract/scans';
import { describeIssues } from '@/lib/env';
import { formatArguments } from './format-options';
import { scheduleCommand, sparkCommand, sparkSetupCommand } from './job-options';
import { compareCommand, copyCommand, loadCommand } from './move-options';
import { changeCommand, changeManyCommand, countCommand, exportCommand } from './options';
import { UsageError } from './usage';
import { userCommand } from './user-options';

/** Everything below is what the user typed, checked for form only; nothing has been looked up yet. */

const clusterShape = {
  cluster: z.string().optional(),
  contactPoints: z.string().optional(),
  port: z.int().min(1, '--port').max(65_535).optional(),
  localDatacenter: z.string().optional(),
  user: z.string().optional(),
  passwordFile: z.string().optional(),
  tls: z.boolean().optional(),
  tlsCa: z.string().optional(),
  tlsCert: z.string().optional(),
  tlsKey: z.string().optional(),
  tlsServerName: z.string().optional(),
  tlsNoVerify: z.boolean().optional(),
  cqlshrc: z.string().optional(),
};
const clusterArgumentsSchema = z.object(clusterShape);
export type ClusterArguments = z.infer<typeof clusterArgumentsSchema>;

const readingShape = {
  ...clusterShape,
  keyspace: z.string().optional(),
  where: z.string().optional(),
  allowFiltering: z.boolean().default(false),
  consistency: z.optional(consistencySchema),
  timeout: z.int().optional(),
  concurrency: z.int().optional(),
  maxRowsPerSecond: z.int().optional(),
  maxBytesPerSecond: z.int().optional(),
  quiet: z.boolean().default(false),
};
const countArgumentsSchema = z.object({ ...readingShape, table: z.string() });
export type CountArguments = z.infer<typeof countArgumentsSchema>;

const exportArgumentsSchema = z.object({
  ...readingShape,
  table: z.string().optional(),
  query: z.string().optional(),
  columns: z.string().optional(),
  ttl: z.boolean().default(false),
  writetime: z.boolean().default(false),
  pageRows: z.int().max(10_000, 'at most 10000').optional(),
  output: z.string().min(1),
  format: z.optional(exportFormatSchema),
  compression: z.optional(compressionSchema),
  resume: z.boolean().default(false),
  force: z.boolean().default(false),
  threads: z.union([z.literal('auto'), z.int().min(1).max(16, 'at most 16')]).optional(),
  ...formatArguments,
});
export type ExportArguments = z.infer<typeof exportArgumentsSchema>;

const changeArgumentsSchema = z.object({
  ...clusterShape,
  table: z.string(),
  file: z.string().min(1),
  mode: z.enum(['guarded', 'plain']).default('guarded'),
  batch: z.enum(['row', 'partition', 'logged']).default('row'),
  ttl: z.int().optional(),
  consistency: z.optional(consistencySchema),
  serialConsistency: z.optional(serialConsistencySchema),
  timeout: z.int().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
  undo: z.string().optional(),
  quiet: z.boolean().default(false),
});
export type ChangeArguments = z.infer<typeof changeArgumentsSchema>;

const changeManyArgumentsSchema = z.object({
  ...clusterShape,
  table: z.string(),
  where: z.string().optional(),
  allowFiltering: z.boolean().default(false),
  set: z.array(z.string()).default([]),
  delete: z.boolean().default(false),
  undo: z.string().min(1).optional(),
  failed: z.string().min(1).optional(),
  journal: z.string().min(1).optional(),
  /** Commander's `--no-values`. */
  values: z.boolean().default(true),
  resume: z.boolean().default(false),
  rate: z.int().optional(),
  mode: z.enum(['guarded', 'plain']).default('guarded'),
  ttl: z.int().optional(),
  consistency: z.optional(consistencySchema),
  serialConsistency: z.optional(serialConsistencySchema),
  timeout: z.int().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
  quiet: z.boolean().default(false),
});
export type ChangeManyArguments = z.infer<typeof changeManyArgumentsSchema>;

const askedServerShape = {
  /** Empty for `list`. */
  name: z.string(),
  server: z.url({ protocol: /^https?$/, error: '--server takes an address such as http://127.0.0.1:3000' }),
  /** Of an API token. */
  tokenFile: z.string().optional(),
  quiet: z.boolean().default(false),
};
const addScheduleSchema = z.object({
  ...askedServerShape,
  action: z.literal('add'),
  cluster: z.string(),
  kind: z.enum(['export', 'load', 'copy']),
  /** A file of JSON; `-` is standard input. */
  request: z.string(),
  pattern: z.string(),
  timeZone: z.string(),
  keepRuns: z.number().optional(),
  keepDays: z.number().optional(),
  webhook: z.string().optional(),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
});
export type AddScheduleArguments = z.infer<typeof addScheduleSchema>;
const scheduleArgumentsSchema = z.discriminatedUnion('action', [
  z.object({ ...askedServerShape, action: z.enum(['list', 'show', 'run']) }),
  addScheduleSchema,
]);
export type ScheduleArguments = z.infer<typeof scheduleArgumentsSchema>;

const userArgumentsSchema = z.object({
  action: z.enum(['list', 'add', 'remove']),
  /** Empty for `list`. */
  name: z.string(),
  groups: z.string().optional(),
  users: z.string().min(1).optional(),
  quiet: z.boolean().default(false),
});
export type UserArguments = z.infer<typeof userArgumentsSchema>;

const sparkArgumentsSchema = z.object({
  ...clusterShape,
  table: z.string(),
  format: z.string().optional(),
  target: z.string().optional(),
  copyTo: z.string().optional(),
  load: z.string().optional(),
  mapping: z.string().optional(),
  failed: z.string().optional(),
  columns: z.string().optional(),
  where: z.string().optional(),
  accept: z.string().optional(),
  ttl: z.int().optional(),
  ttlField: z.string().optional(),
  timestamp: z.int().optional(),
  timestampField: z.string().optional(),
  master: z.string().optional(),
  splitMb: z.int().optional(),
  readsPerSecond: z.int().optional(),
  concurrentWrites: z.int().optional(),
  consistency: z.optional(consistencySchema),
  writeConsistency: z.optional(consistencySchema),
  dir: z.string().min(1).optional(),
  confirm: z.string().optional(),
  quiet: z.boolean().default(false),
});
export type SparkArguments = z.infer<typeof sparkArgumentsSchema>;

const compareArgumentsSchema = z.object({
  ...clusterShape,
  source: z.string(),
  target: z.string(),
  columns: z.string().optional(),
  output: z.string().min(1).optional(),
  resume: z.boolean().default(false),
  keep: z.int().optional(),
  rate: z.int().optional(),
  concurrency: z.int().optional(),
  consistency: z.optional(consistencySchema),
  targetConsistency: z.optional(consistencySchema),
  timeout: z.int().optional(),
  quiet: z.boolean().default(false),
});
export type CompareArguments = z.infer<typeof compareArgumentsSchema>;

const copyArgumentsSchema = z.object({
  ...clusterShape,
  tables: z.array(z.string()),
  query: z.string().optional(),
  failed: z.string().min(1).optional(),
  where: z.string().optional(),
  allowFiltering: z.boolean().default(false),
  columns: z.string().optional(),
  set: z.array(z.string()).default([]),
  rename: z.array(z.string()).default([]),
  cast: z.array(z.string()).default([]),
  mapping: z.string().min(1).optional(),
  create: z.boolean().default(false),
  ttl: z.boolean().default(false),
  writetime: z.boolean().default(false),
  deleteNulls: z.boolean().default(false),
  verify: z.enum(['none', 'count', 'compare']).optional(),
  output: z.string().min(1).optional(),
  resume: z.boolean().default(false),
  rate: z.int().optional(),
  consistency: z.optional(consistencySchema),
  targetConsistency: z.optional(consistencySchema),
  timeout: z.int().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
  quiet: z.boolean().default(false),
});
export type CopyArguments = z.infer<typeof copyArgumentsSchema>;

const loadArgumentsSchema = z.object({
  ...clusterShape,
  table: z.string(),
  files: z.array(z.string()).default([]),
  format: z.optional(exportFormatSchema),
  compression: z.enum(['auto', 'none', 'gzip', 'zstd']).optional(),
  delimiter: z.string().optional(),
  quote: z.string().optional(),
  escape: z.string().optional(),
  /** True, Commander's `--no-header`, or the names. */
  header: z.union([z.boolean(), z.string()]).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  null: z.string().optional(),
  map: z.array(z.string()).default([]),
  mapping: z.string().optional(),
  ttl: z.string().optional(),
  timestamp: z.string().optional(),
  onNull: z.enum(['unset', 'tombstone']).optional(),
  emptyText: z.enum(['refused', 'value']).optional(),
  rate: z.int().optional(),
  maxFailures: z.string().optional(),
  verify: z.enum(['none', 'sample', 'full']).optional(),
  consistency: z.optional(defaultConsistencySchema),
  timeout: z.int().optional(),
  work: z.string().min(1).optional(),
  resume: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  confirm: z.string().optional(),
  quiet: z.boolean().default(false),
});
export type LoadArguments = z.infer<typeof loadArgumentsSchema>;

export type TerminalCommand =
  | { readonly kind: 'export'; readonly given: ExportArguments }
  | { readonly kind: 'count'; readonly given: CountArguments }
  | { readonly kind: 'change'; readonly given: ChangeArguments }
  | { readonly kind: 'change-many'; readonly given: ChangeManyArguments }
  | { readonly kind: 'schedule'; readonly given: ScheduleArguments }
  | { readonly kind: 'user'; readonly given: UserArguments }
  | { readonly kind: 'spark-plan'; readonly given: SparkArguments }
  | { readonly kind: 'spark-run'; readonly given: SparkArguments }
  | { readonly kind: 'spark-setup' }
  | { readonly kind: 'compare'; readonly given: CompareArguments }
  | { readonly kind: 'copy'; readonly given: CopyArguments }
  | { readonly kind: 'load'; readonly given: LoadArguments }
  /** Help and version. */
  | { readonly kind: 'say'; readonly text: string };

/**
 * Reads a command line.
 * @param args without node and the script
 * @throws UsageError naming what is wrong
 */
export function parseArguments(args: readonly string[], version: string): TerminalCommand {
  let said = '';
  let parsed: TerminalCommand | null = null as TerminalCommand | null;
  const adding: Adding = {
    quiet: (command) =>
      command.exitOverride().configureOutput({ writeOut: (text) => (said += text), writeErr: () => undefined }),
    keep: (command) => {
      parsed = command;
    },
  };
  const program = adding
    .quiet(new Command('ringside'))
    .description('Exports, counts, changes, copies, compares and loads rows of Apache Cassandra.')
    .version(version, '-V, --version')
    .showSuggestionAfterError();
  for (const command of [...readingCommands(adding), ...changingCommands(adding), ...movingCommands(adding)]) {
    program.addCommand(command);
  }
  program.addCommand(scheduleCommands(adding)).addCommand(sparkCommands(adding)).addCommand(userCommands(adding));
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'say', text: said };
    throw usageError(error, program);
  }
  return parsed ?? { kind: 'say', text: program.helpInformation() };
}

/** What commands need to be added. */
interface Adding {
  /** Makes a command say what it has to say to its caller. */
  readonly quiet: (command: Command) => Command;
  /** The command that was found in the arguments. */
  readonly keep: (command: TerminalCommand) => void;
}

function readingCommands({ quiet, keep }: Adding): Command[] {
  return [
    quiet(exportCommand()).action((table: unknown, options: unknown) =>
      keep({ kind: 'export', given: check(exportArgumentsSchema, table, options) }),
    ),
    quiet(countCommand()).action((table: unknown, options: unknown) =>
      keep({ kind: 'count', given: check(countArgumentsSchema, table, options) }),
    ),
  ];
}

function changingCommands({ quiet, keep }: Adding): Command[] {
  return [
    quiet(changeCommand()).action((table: unknown, file: unknown, options: unknown) =>
      keep({ kind: 'change', given: check(changeArgumentsSchema, table, options, { file }) }),
    ),
    quiet(changeManyCommand()).action((table: unknown, options: unknown) =>
      keep({ kind: 'change-many', given: check(changeManyArgumentsSchema, table, options) }),
    ),
  ];
}

function movingCommands({ quiet, keep }: Adding): Command[] {
  return [
    quiet(loadCommand()).action((table: unknown, files: unknown, options: unknown) =>
      keep({ kind: 'load', given: check(loadArgumentsSchema, table, options, { files }) }),
    ),
    quiet(copyCommand()).action((tables: unknown, options: unknown) =>
      keep({ kind: 'copy', given: check(copyArgumentsSchema, undefined, options, { tables }) }),
    ),
    quiet(compareCommand()).action((source: unknown, target: unknown, options: unknown) =>
      keep({ kind: 'compare', given: check(compareArgumentsSchema, source, options, { source, target }) }),
    ),
  ];
}

function scheduleCommands({ quiet, keep }: Adding): Command {
  const onSchedule = (action: ScheduleArguments['action'], name: string, options: unknown) => {
    const given = { ...z.record(z.string(), z.unknown()).parse(options), action, name };
    keep({ kind: 'schedule', given: checked(scheduleArgumentsSchema, given) });
  };
  return quiet(scheduleCommand(quiet, onSchedule));
}

function userCommands({ quiet, keep }: Adding): Command {
  const onUser = (action: UserArguments['action'], name: string, options: unknown) => {
    const given = { ...z.record(z.string(), z.unknown()).parse(options), action, name };
    keep({ kind: 'user', given: checked(userArgumentsSchema, given) });
  };
  return quiet(userCommand(quiet, onUser));
}

/** `spark plan`, `spark run` and `spark setup`. */
function sparkCommands({ quiet, keep }: Adding): Command {
  const spark = quiet(new Command('spark')).description('Export, copy or load past one machine, on Apache Spark.');
  const given = (table: unknown, options: unknown) => check(sparkArgumentsSchema, table, options);
  return spark
    .addCommand(
      quiet(sparkCommand('plan')).action((table: unknown, options: unknown) =>
        keep({ kind: 'spark-plan', given: given(table, options) }),
      ),
    )
    .addCommand(
      quiet(sparkCommand('run')).action((table: unknown, options: unknown) =>
        keep({ kind: 'spark-run', given: given(table, options) }),
      ),
    )
    .addCommand(quiet(sparkSetupCommand()).action(() => keep({ kind: 'spark-setup' })));
}

/** Without a command the parser only shows its help, which would not say what is missing. */
function usageError(error: CommanderError, program: Command): UsageError {
  if (error.code === 'commander.help') return new UsageError(`The command is missing.\n\n${program.helpInformation()}`);
  return new UsageError(error.message.replace(/^error: /, ''), { cause: error });
}

function check<T>(schema: z.ZodType<T>, table: unknown, options: unknown, more: object = {}): T {
  return checked(schema, { ...z.record(z.string(), z.unknown()).parse(options), table, ...more });
}

function checked<T>(schema: z.ZodType<T>, value: object): T {
  const given = schema.safeParse(value);
  if (given.success) return given.data;
  throw new UsageError(describeIssues('The options', given.error));
}

export function limitsOf(given: CountArguments | ExportArguments) {
  const limits = scanLimitsSchema.safeParse({
    ...(given.concurrency === undefined ? {} : { maxConcurrency: given.concurrency }),
    ...(given.maxRowsPerSecond === undefined ? {} : { maxRowsPerSecond: given.maxRowsPerSecond }),
    ...(given.maxBytesPerSecond === undefined ? {} : { maxBytesPerSecond: given.maxBytesPerSecond }),
  });
  if (limits.success) return limits.data;
  throw new UsageError('--concurrency must be at most 256, --max-bytes-per-second at least 1024.');
}
