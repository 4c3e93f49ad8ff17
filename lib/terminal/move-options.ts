import 'server-only';
import { Command, Option } from 'commander';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { COMPRESSIONS } from '@/lib/contract/exports';
import { ENCODINGS } from '@/lib/contract/load-sources';
import { parseAmount, parseTimeMs } from './quantities';
import { upperCaseChoice, withCluster } from './shared-options';

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
