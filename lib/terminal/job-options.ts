import 'server-only';
import { Command } from 'commander';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { parseAmount, parseMicros, parseWhole } from './quantities';
import { upperCaseChoice, withCluster } from './shared-options';

const SCHEDULE_HELP = `
Schedules belong to a running Ringside. Where people sign in, the command needs an API token: in RINGSIDE_TOKEN, or in the
file that --token-file names; never as an argument, which every user of the machine could read. Make one in Ringside: the
menu with your name, API tokens. Exit status of run: 0 complete with every row written, 1 failed, cancelled, paused,
with failed rows, or refused because the run before is still going, 2 wrong usage; Ctrl-C only ends the waiting, the job
goes on.`;

const ADD_HELP = `
The request is JSON as the API takes it, see docs/api.md. For example:
  echo '{"keyspace": "shop", "table": "orders", "from": {"path": "/data/inbox"}}' |
    ringside schedule add nightly --cluster demo --kind load --request - --pattern '30 2 * * *' --time-zone Europe/Berlin
A load or copy shows everything that its runs send, and asks before it is kept.`;

/**
 * `ringside schedule`, with its own commands.
 * @param quiet makes a command say what it has to say to its caller
 */
export function scheduleCommand(
  quiet: (command: Command) => Command,
  onAction: (action: 'list' | 'show' | 'run' | 'add', name: string, options: unknown) => void,
): Command {
  const own = (name: string, description: string) =>
    quiet(new Command(name))
      .description(description)
      .option('--server <address>', 'a running Ringside (default: RINGSIDE_URL, or this machine)', defaultServer())
      .option('--token-file <path>', 'a file with an API token (default: RINGSIDE_TOKEN)')
      .option('--quiet', 'print only results and errors');
  return new Command('schedule')
    .description('List, show, run and add schedules of a running Ringside.')
    .addHelpText('after', SCHEDULE_HELP)
    .addCommand(
      own('list', 'one line each: name, next time, last run').action((options) => onAction('list', '', options)),
    )
    .addCommand(
      own('show', 'what it does, when, and its last runs')
        .argument('<name>')
        .action((name, options) => onAction('show', name, options)),
    )
    .addCommand(
      own('run', 'run it now and wait for its end')
        .argument('<name>')
        .action((name, options) => onAction('run', name, options)),
    )
    .addCommand(
      addOptions(own('add', 'repeat an export, a load or a copy'))
        .argument('<name>')
        .action((name, options) => onAction('add', name, options)),
    );
}

function addOptions(command: Command): Command {
  return command
    .requiredOption('--cluster <name>', 'one of the server’s clusters')
    .requiredOption('--kind <kind>', 'export, load or copy')
    .requiredOption('--request <file>', 'what each run is asked to do, as JSON; - is standard input')
    .requiredOption('--pattern <cron>', "when, such as '30 2 * * *' or @daily")
    .requiredOption('--time-zone <name>', 'whose clocks the pattern is read on, such as Europe/Berlin')
    .option('--keep-runs <n>', 'keep the files of the last n runs', parseAmount)
    .option('--keep-days <n>', 'keep the files of the last n days', parseAmount)
    .option('--webhook <name>', 'one of the server’s webhooks')
    .option('--yes', 'keep a load or copy without asking')
    .option('--confirm <table>', 'the same where the table’s name is asked for')
    .addHelpText('after', ADD_HELP);
}

function defaultServer(): string {
  return process.env.RINGSIDE_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
}

const SPARK_EXAMPLES = `
Examples:
  ringside spark setup
  ringside spark plan shop.orders --format parquet --target s3a://backup/orders --accept price
  ringside spark run shop.orders --format parquet --dir orders-on-spark/
  ringside spark run shop.orders --copy-to shop.orders_by_day --dir copy/ --failed copy-failed/ --confirm orders_by_day

Exit status: 0 complete and verified, 1 failed or not verified, 2 wrong usage or not confirmed, 130 stopped by Ctrl-C,
which ends the application. See docs/spark.md.`;

/** `spark plan` and `spark run` take the same request. */
export function sparkCommand(name: 'plan' | 'run'): Command {
  const command = new Command(name)
    .description(
      name === 'plan'
        ? 'Show what Spark makes of each column, an estimate, the script and its command. Nothing runs.'
        : 'Run the job on Spark, follow it, and end when what it wrote was read back.',
    )
    .argument('<table>', 'KEYSPACE.TABLE, with names as in CQL')
    .optionsGroup('Work (default: an export):')
    .option('-f, --format <format>', 'csv, ndjson or parquet (default)')
    .option('--target <path>', 'a new directory for the files (default: files/ in --dir)')
    .option('--copy-to <table>', 'copy to this table of the same cluster')
    .option('--load <path>', 'load files into the table')
    .option('--mapping <file>', 'JSON: how fields become columns (default: by name)')
    .option('--failed <path>', 'a new directory for rows that do not fit')
    .option('--columns <names>', 'columns to export, separated by commas (default: all)')
    .option('--where <conditions>', 'conditions such as "day > \'2001-01-01\'"')
    .option('--accept <names>', 'columns that may lose values in Spark, separated by commas')
    .option('--ttl <seconds>', 'TTL of what is written', parseWhole)
    .option('--ttl-field <name>', 'a field with the TTL of each row in seconds, instead')
    .option('--timestamp <micros>', 'write time of all rows, in microseconds since 1970 (default: now)', parseMicros)
    .option('--timestamp-field <name>', 'a field with the write time of each row in microseconds')
    .optionsGroup('Spark:')
    .option(
      '--master <address>',
      'local[*], spark://host:port, yarn or k8s://… (default: spark.master of the configuration)',
    )
    .option('--split-mb <mib>', 'size of a split (default: 64)', parseWhole)
    .option('--reads-per-second <rows>', 'limit of each core, such as 5k', parseAmount)
    .option('--concurrent-writes <batches>', 'in flight for each task (default: 5)', parseWhole)
    .option('--consistency <level>', 'of reads', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--write-consistency <level>', 'of writes (default: LOCAL_QUORUM)', upperCaseChoice(CONSISTENCY_LEVELS));
  if (name === 'run') {
    command
      .option('--dir <dir>', 'an empty or new directory for the script, its log and the manifest')
      .option('--confirm <table>', 'the table’s name, for what writes to it')
      .option('--quiet', 'print only errors');
  }
  return withCluster(command).addHelpText('after', SPARK_EXAMPLES);
}

export function sparkSetupCommand(): Command {
  return new Command('setup').description(
    'Put PySpark (345 MB) and the Spark Cassandra Connector (13 MB) into Ringside’s data directory, each file by its checksum.',
  );
}
