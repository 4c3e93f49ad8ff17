import 'server-only';
import { Command, Option } from 'commander';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { COMPRESSIONS } from '@/lib/contract/exports';
import { FORMAT_FLAGS } from './format-options';
import { parseAmount, parseThreads, parseTimeMs, parseWhole } from './quantities';
import { upperCaseChoice, withCluster } from './shared-options';

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
    .option('--threads <count>', 'threads that write a directory of parts (default: auto)', parseThreads)
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
