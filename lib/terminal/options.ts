import 'server-only';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { COMPRESSIONS } from '@/lib/contract/exports';
import { ENCODINGS } from '@/lib/contract/load-sources';
import { FORMAT_FLAGS } from './format-options';
import { parseAmount, parseTimeMs, parseWhole } from './quantities';

/** Options of every command: which cluster, and how much load to put on it. */
function withCluster(command: Command): Command {
  return command
    .optionsGroup('Cluster (default: the configured one, otherwise 127.0.0.1:9042):')
    .option('--cluster <name>', 'a configured cluster')
    .option('--contact-points <nodes>', 'host or host:port, separated by commas')
    .option('--port <port>', 'native protocol port (default: 9042)', parseWhole)
    .option('--local-datacenter <name>', 'the datacenter to connect to')
    .option('-u, --user <name>', 'with the password from RINGSIDE_PASSWORD or --password-file')
    .option('--password-file <file>', 'a file that contains only the password')
    .option('--tls', 'encrypt, and check the server’s certificate')
    .option('--tls-ca <file>', 'PEM file of the certificate authority')
    .option('--tls-cert <file>', 'PEM file of the client certificate')
    .option('--tls-key <file>', 'PEM file of the client key')
    .option('--tls-server-name <name>', 'name expected in the server’s certificate')
    .option('--tls-no-verify', 'do not check the server’s certificate')
    .option('--cqlshrc <file>', 'read the connection settings from a cqlshrc');
}

function withReading(command: Command): Command {
  const consistency = new Option('--consistency <level>', 'consistency level of every page').choices([
    ...CONSISTENCY_LEVELS,
  ]);
  return command
    .optionsGroup('Reading:')
    .addOption(consistency.argParser(upperCaseChoice(CONSISTENCY_LEVELS)))
    .option('--timeout <time>', 'timeout per page, such as 30s or 2min', parseTimeMs)
    .option('--concurrency <pages>', 'maximum pages in flight', parseAmount)
    .option('--max-rows-per-second <rows>', 'limit on rows, such as 20k', parseAmount)
    .option('--max-bytes-per-second <bytes>', 'limit on response bytes, such as 10M', parseAmount);
}

function upperCaseChoice(choices: readonly string[]): (text: string) => string {
  return (text) => {
    const upper = text.toUpperCase();
    if (choices.includes(upper)) return upper;
    throw new InvalidArgumentError(`Use one of ${choices.join(', ')}.`);
  };
}

function withRows(command: Command): Command {
  return command
    .optionsGroup('Rows:')
    .option('--keyspace <name>', 'keyspace for names without one')
    .option('--where <conditions>', 'CQL conditions, such as "day > \'2001-01-01\'"')
    .option('--allow-filtering', 'let Cassandra read and discard rows for --where');
}

function withFormat(command: Command): Command {
  command
    .optionsGroup('File:')
    .option('-o, --output <path>', 'a file, a directory of parts (DIR/), or - for standard output', '-')
    .addOption(
      new Option('-f, --format <format>', 'default: from the file’s name, otherwise csv').choices(EXPORT_FORMATS),
    )
    .addOption(new Option('--compression <kind>', 'compress the whole file').choices(COMPRESSIONS))
    .option('--resume', 'continue an earlier run of the same export')
    .option('--force', 'replace existing files')
    .option('--quiet', 'print only errors');
  for (const flags of Object.values(FORMAT_FLAGS)) flags.addTo(command);
  return command;
}

const EXAMPLES = `
Examples:
  ringside export flights.by_origin_day --format parquet -o flights.parquet
  ringside export flights.by_origin_day -o flights/ --format csv --compression gzip
  ringside export flights.airports --columns iata,name -o - | head
  ringside export --query "SELECT * FROM flights.by_route WHERE origin = 'SEA' AND destination = 'LAX'" -o sea.csv

Exit status: 0 complete, 1 failed or incomplete, 2 wrong usage, 130 stopped by Ctrl-C.`;

/** The commands of `ringside`, without their actions. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('Export the rows of a table or a query: exact, and never silently incomplete.')
    .argument('[table]', 'KEYSPACE.TABLE, with names as in CQL')
    .option('--query <statement>', 'a SELECT instead of a table');
  withRows(command)
    .option('--columns <names>', 'columns, separated by commas (default: all)')
    .option('--ttl', 'add the TTL of every regular column, as columns ttl(name)')
    .option('--writetime', 'add the write time of every regular column, as columns writetime(name)')
    .option('--page-rows <rows>', 'maximum rows per page', parseAmount);
  return withCluster(withReading(withFormat(command))).addHelpText('after', EXAMPLES);
}

export function countCommand(): Command {
  const command = new Command('count')
    .description('Count the rows of a table exactly by reading their keys, without COUNT(*).')
    .argument('<table>', 'KEYSPACE.TABLE, with names as in CQL');
  return withCluster(withReading(withRows(command).option('--quiet', 'print only the number and errors')));
}

const CHANGE_EXAMPLES = `
A change is one line of JSON, in the form of POST …/mutations (docs/api.md):
  {"kind": "update", "key": {"iata": "SEA"}, "edits": {"name": {"set": "Seattle"}}}

Exit status: 0 all applied, 1 some were not, 2 wrong usage or not confirmed, 130 stopped by Ctrl-C.`;

export function changeCommand(): Command {
  const command = new Command('change')
    .description('Change rows as a file says: shows the exact statements first, and says what became of each.')
    .argument('<table>', 'KEYSPACE.TABLE, with names as in CQL')
    .argument('<file>', 'changes, one JSON object a line, or a JSON array; - for standard input')
    .optionsGroup('Changes:')
    .addOption(
      new Option('--mode <mode>', 'guarded: only while a row is as it was read (default)').choices([
        'guarded',
        'plain',
      ]),
    )
    .addOption(
      new Option(
        '--batch <rule>',
        'a statement for each row (default), a batch for each partition, or one logged batch',
      ).choices(['row', 'partition', 'logged']),
    )
    .option('--undo <file>', 'write changes that undo what was applied');
  return withCluster(withRun(command)).addHelpText('after', CHANGE_EXAMPLES);
}

const COMPARE_EXAMPLES = `
Examples:
  ringside compare shop.orders shop.orders_copy
  ringside compare production:shop.orders laptop:shop.orders -o differences/
  ringside compare production:shop.orders laptop:shop.orders --columns state,total --rate 5000

A table that changes meanwhile can differ without fault. Exit status: 0 equal, 3 different, 1 failed before everything was
compared, 2 wrong usage, 130 stopped by Ctrl-C: --resume goes on with the directory of -o.`;

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Compare two tables with the same key row by row: what is missing, extra or different, by key.')
    .argument('<source>', '[CLUSTER:]KEYSPACE.TABLE, with names as in CQL')
    .argument('<target>', 'the same for the table that it is compared with')
    .optionsGroup('Comparing:')
    .option('--columns <names>', 'columns outside the key, separated by commas (default: all that both have)')
    .option('-o, --output <dir>', 'a directory for the differences (default: print them)')
    .option('--resume', 'go on with the comparison in -o')
    .option('--keep <rows>', 'the most differences to keep with their keys (default: 10000)', parseAmount)
    .option('--rate <rows>', 'at most so many rows a second, of both tables', parseAmount)
    .option('--concurrency <ranges>', 'token ranges at a time (default: 4)', parseAmount)
    .option('--consistency <level>', 'consistency level of the source', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--target-consistency <level>', 'consistency level of the target', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--timeout <time>', 'timeout per page, such as 30s', parseTimeMs)
    .option('--quiet', 'print only differences and errors');
  return withCluster(command).addHelpText('after', COMPARE_EXAMPLES);
}

const COPY_EXAMPLES = `
Examples:
  ringside copy shop.orders shop.orders_2 --create -o copy/
  ringside copy production:shop.customers laptop:shop.customers --create --set "email='masked'" -o copy/
  ringside copy production:shop.orders laptop:shop.orders --ttl --writetime --verify compare -o copy/
  ringside copy --failed copy/ laptop:shop.orders -o again/

The directory keeps how far the copy has got and the rows that were not written. Exit status: 0 every row written and found
again, 1 not, 2 wrong usage or not confirmed, 130 stopped by Ctrl-C: --resume goes on.`;

export function copyCommand(): Command {
  const command = new Command('copy')
    .description(
      'Copy rows into a table of the same or another cluster: shows the statements first, and checks the result.',
    )
    .argument('<tables...>', '[CLUSTER:]KEYSPACE.TABLE of the source, then of the target')
    .optionsGroup('Rows:')
    .option('--query <statement>', 'a SELECT instead of a source table')
    .option('--failed <dir>', 'the rows that a copy with this directory could not write')
    .option('--where <conditions>', 'CQL conditions, such as "day > \'2001-01-01\'"')
    .option('--allow-filtering', 'let Cassandra read and discard rows for --where')
    .optionsGroup('Columns (default: every column into the one of its name):')
    .option('--columns <names>', 'only these, separated by commas')
    .option('--set <column=literal>', 'the same CQL literal for every row, to mask a column (repeatable)', every, [])
    .option('--rename <from=to>', 'into a column with another name (repeatable)', every, [])
    .option('--cast <column=type>', 'as another CQL type (repeatable)', every, [])
    .option('--mapping <file>', 'all of it as JSON, as in the API')
    .optionsGroup('Target:')
    .option('--create', 'create the table from the source’s schema if it is not there')
    .option('--ttl', 'keep what remains of TTLs')
    .option('--writetime', 'keep write times')
    .option('--delete-nulls', 'write a tombstone for each null (default: leave what is there)')
    .addOption(
      new Option('--verify <how>', 'what is checked afterwards (default: count)').choices(['none', 'count', 'compare']),
    )
    .option('-o, --output <dir>', 'an empty or new directory for failed rows and the checkpoint')
    .option('--resume', 'go on with the copy in -o')
    .option('--rate <rows>', 'at most so many rows a second, such as 500', parseAmount)
    .option('--consistency <level>', 'consistency level of the source', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--target-consistency <level>', 'consistency level of the target', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--timeout <time>', 'timeout per request, such as 30s', parseTimeMs)
    .option('--dry-run', 'print the statements and run nothing')
    .option('--yes', 'run without asking')
    .option('--confirm <table>', 'the target’s name, where the plan asks for it')
    .option('--quiet', 'print only statements, outcomes and errors');
  return withCluster(command).addHelpText('after', COPY_EXAMPLES);
}

function every(text: string, all: string[]): string[] {
  return [...all, text];
}

const MANY_EXAMPLES = `
Examples:
  ringside change-many shop.orders --where "state = 'old'" --allow-filtering --set state=archived --dry-run
  ringside change-many shop.orders --where "customer = 7" --delete --journal gone/ --confirm orders
  ringside change-many shop.orders --undo gone/ --journal back/ --yes

The journal has the old values of every row before its statement is sent. Exit status: 0 all changed, 1 some were not,
2 wrong usage or not confirmed, 130 stopped by Ctrl-C: --resume goes on.`;

export function changeManyCommand(): Command {
  const command = new Command('change-many')
    .description('Change rows alike: sets columns of all rows that match, or deletes them, with a journal for an undo.')
    .argument('<table>', 'KEYSPACE.TABLE, with names as in CQL')
    .optionsGroup('Rows (default: all of the table):')
    .option('--where <conditions>', 'CQL conditions, such as "day > \'2001-01-01\'"')
    .option('--allow-filtering', 'let Cassandra read and discard rows for --where')
    .optionsGroup('Change:')
    .option(
      '--set <column=value>',
      'a new value; null deletes it (repeatable)',
      (text, all: string[]) => [...all, text],
      [],
    )
    .option('--delete', 'delete the rows')
    .option('--undo <dir>', 'take back what the journal in this directory says was applied')
    .option('--failed <dir>', 'try the rows again that a run with this journal did not change')
    .option('--journal <dir>', 'an empty or new directory for old values, outcomes and failed rows')
    .option('--no-values', 'keep no old values in the journal: there is no undo then')
    .option('--resume', 'go on with the change of --journal after its last row')
    .option('--rate <rows>', 'at most so many rows a second, such as 500', parseAmount)
    .addOption(
      new Option('--mode <mode>', 'guarded: only while a row is as it was read (default)').choices([
        'guarded',
        'plain',
      ]),
    );
  return withCluster(withRun(command)).addHelpText('after', MANY_EXAMPLES);
}

const SCHEDULE_HELP = `
Schedules belong to a running Ringside. Exit status of run: 0 complete, 1 failed, cancelled, paused or refused because the
run before is still going, 2 wrong usage; Ctrl-C only ends the waiting, the job goes on.`;

/**
 * `ringside schedule`, with its own commands.
 * @param quiet makes a command say what it has to say to its caller
 */
export function scheduleCommand(
  quiet: (command: Command) => Command,
  onAction: (action: 'list' | 'show' | 'run', name: string, options: unknown) => void,
): Command {
  const own = (name: string, description: string) =>
    quiet(new Command(name))
      .description(description)
      .option('--server <address>', 'a running Ringside (default: RINGSIDE_URL, or this machine)', defaultServer())
      .option('--quiet', 'print only results and errors');
  return new Command('schedule')
    .description('List, show and run the schedules of a running Ringside.')
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
    );
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
    'Make a Python environment with PySpark in Ringside’s data directory: 345 MB, from the package index of this machine.',
  );
}

const LOAD_EXAMPLES = `
Examples:
  ringside load shop.orders orders.csv --dry-run
  ringside load shop.orders orders.csv.gz --map "id=Order No" --null NULL --yes
  ringside load shop.orders export/ --verify full --yes
  ringside export shop.orders --format ndjson | ringside load test.orders - --format ndjson --yes

Records that fail are kept as they came in the directory of --work, with the reasons next to them: mend them and load that
file. Exit status: 0 every record is in the table and was found there, 1 some are not, 2 wrong usage or not confirmed,
130 stopped by Ctrl-C: --resume goes on.`;

export function loadCommand(): Command {
  const command = new Command('load')
    .description(
      'Load files into a table: CSV, NDJSON, JSON, Parquet or INSERT statements. Every record is counted once.',
    )
    .argument('<table>', 'KEYSPACE.TABLE, with names as in CQL')
    .argument('[files...]', 'files in their order, a directory of files, or - for standard input');
  return withCluster(withLoad(withMapping(withFiles(command)))).addHelpText('after', LOAD_EXAMPLES);
}

/** How files become records. */
function withFiles(command: Command): Command {
  return command
    .optionsGroup('Files (default: found out from the first one):')
    .addOption(new Option('-f, --format <format>', 'format of the files').choices(EXPORT_FORMATS))
    .addOption(new Option('--compression <kind>', 'default: by the first bytes').choices(['auto', ...COMPRESSIONS]))
    .option('--delimiter <sign>', 'between the fields of CSV; TAB for a tab')
    .option('--quote <sign>', 'around fields of CSV (default: "); none for none')
    .option('--escape <sign>', 'before a quote inside quotes (default: the quote itself); none for none')
    .option('--header <names>', 'names of the fields of CSV files without a header, separated by commas')
    .addOption(new Option('--encoding <name>', 'of CSV (default: utf-8)').choices([...ENCODINGS]))
    .option('--null <text>', 'the text for null in CSV, unquoted (default: empty)');
}

/** How records become rows. */
function withMapping(command: Command): Command {
  return command
    .optionsGroup('Rows (default: each field to the column of its name):')
    .option(
      '--map <column=field>',
      'the field of a column (repeatable); only these columns are loaded',
      (text, all: string[]) => [...all, text],
      [],
    )
    .option('--mapping <file>', 'a JSON file with columns, fields, constants and steps (docs/load.md)')
    .option('--ttl <seconds>', 'TTL of every row, or field:NAME')
    .option('--timestamp <microseconds>', 'write time of every row, or field:NAME')
    .addOption(
      new Option('--on-null <what>', 'leave the column as it is (default), or delete it').choices([
        'unset',
        'tombstone',
      ]),
    )
    .addOption(
      new Option('--empty-text <what>', 'empty text for a number and the like in JSON and Parquet').choices([
        'refused',
        'value',
      ]),
    );
}

function withLoad(command: Command): Command {
  return command
    .optionsGroup('Load:')
    .option('--rate <rows>', 'at most so many rows a second, such as 20k', parseAmount)
    .option(
      '--max-failures <count>',
      'stop after so many failed records, or a share such as 1%; none for no limit (default: 100)',
    )
    .addOption(new Option('--verify <extent>', 'rows read back (default: sample)').choices(['none', 'sample', 'full']))
    .option('--consistency <level>', 'consistency level (default: LOCAL_QUORUM)', upperCaseChoice(CONSISTENCY_LEVELS))
    .option('--timeout <time>', 'timeout per request, such as 30s', parseTimeMs)
    .option('--work <dir>', 'directory for the checkpoint and failed records (default: KEYSPACE.TABLE.load)')
    .option('--resume', 'go on with the load in the directory of --work')
    .option('--dry-run', 'read and check every record, and write nothing')
    .option('--yes', 'load without asking')
    .option('--confirm <table>', 'the table’s name, where it is asked for')
    .option('--quiet', 'print only errors');
}

/** Options of every command that writes. */
function withRun(command: Command): Command {
  return command
    .option('--ttl <seconds>', 'TTL of what is written, 0 for none (default: what remains)', parseWhole)
    .option('--consistency <level>', 'consistency level (default: LOCAL_QUORUM)', upperCaseChoice(CONSISTENCY_LEVELS))
    .option(
      '--serial-consistency <level>',
      'SERIAL (default) or LOCAL_SERIAL',
      upperCaseChoice(['SERIAL', 'LOCAL_SERIAL']),
    )
    .option('--timeout <time>', 'timeout per statement, such as 30s', parseTimeMs)
    .option('--dry-run', 'print the statements and run nothing')
    .option('--yes', 'run without asking')
    .option('--confirm <table>', 'the table’s name, where the plan asks for it')
    .option('--quiet', 'print only statements, outcomes and errors');
}
