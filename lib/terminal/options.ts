import 'server-only';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { COMPRESSIONS, EXPORT_FORMATS } from '@/lib/contract/exports';
import { parseAmount, parseTimeMs, parseWhole } from './quantities';

/** What every command takes: which cluster, and how hard it may be pressed. */
function withCluster(command: Command): Command {
  return command
    .optionsGroup('Cluster (default: the one configured, else 127.0.0.1:9042):')
    .option('--cluster <name>', 'one of the configured clusters')
    .option('--contact-points <nodes>', 'host or host:port, separated by commas')
    .option('--port <port>', 'of the native protocol, 9042 unless told', parseWhole)
    .option('--local-datacenter <name>', 'whose nodes are asked')
    .option('-u, --user <name>', 'the password comes from RINGSIDE_PASSWORD or --password-file')
    .option('--password-file <file>', 'a file that holds the password alone')
    .option('--tls', 'encrypt, and check the server’s certificate')
    .option('--tls-ca <file>', 'PEM file of the certificate authority')
    .option('--tls-cert <file>', 'PEM file of the client certificate')
    .option('--tls-key <file>', 'PEM file of its key')
    .option('--tls-server-name <name>', 'name to expect in the server’s certificate')
    .option('--tls-no-verify', 'do not check the server’s certificate')
    .option('--cqlshrc <file>', 'take the connection from a cqlshrc');
}

function withReading(command: Command): Command {
  const consistency = new Option('--consistency <level>', 'for every page').choices([...CONSISTENCY_LEVELS]);
  return command
    .optionsGroup('Reading:')
    .addOption(consistency.argParser(upperCaseChoice(CONSISTENCY_LEVELS)))
    .option('--timeout <time>', 'for each page, such as 30s or 2min', parseTimeMs)
    .option('--concurrency <pages>', 'pages asked for at the same time, at most', parseAmount)
    .option('--max-rows-per-second <rows>', 'such as 20k', parseAmount)
    .option('--max-bytes-per-second <bytes>', 'of the answers, such as 10M', parseAmount);
}

function upperCaseChoice(choices: readonly string[]): (text: string) => string {
  return (text) => {
    const upper = text.toUpperCase();
    if (choices.includes(upper)) return upper;
    throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`);
  };
}

function withRows(command: Command): Command {
  return command
    .optionsGroup('Rows:')
    .option('--keyspace <name>', 'of names that carry none')
    .option('--where <conditions>', 'CQL conditions, such as "day > \'2001-01-01\'"')
    .option('--allow-filtering', 'let --where read rows that it then leaves out');
}

function withFormat(command: Command): Command {
  return command
    .optionsGroup('File:')
    .option('-o, --output <path>', 'where to: a file, a directory of parts, or standard output', '-')
    .addOption(new Option('-f, --format <format>', 'csv unless the file’s name says more').choices(EXPORT_FORMATS))
    .addOption(new Option('--compression <kind>', 'of the whole file').choices(COMPRESSIONS))
    .option('--resume', 'go on where an earlier run of the same export stood')
    .option('--force', 'replace what is there')
    .option('--quiet', 'say nothing but errors')
    .optionsGroup('CSV:')
    .option('--delimiter <character>', 'one of , ; | tab')
    .option('--no-header', 'leave out the line of names')
    .option('--null <text>', 'what stands for null; nothing unless told')
    .option('--formula-safe', "put ' before text that a spreadsheet would run")
    .optionsGroup('Parquet:')
    .option('--decimal <how>', 'decimals as text, or of this scale; one that does not fit ends the export')
    .addOption(new Option('--varint <kind>', 'varints as text, or as decimals').choices(['text', 'decimal']))
    .addOption(new Option('--parquet-compression <kind>', 'snappy').choices(['none', 'snappy', 'gzip']));
}

const EXAMPLES = `
Examples:
  ringside export flights.by_origin_day --format parquet -o flights.parquet
  ringside export flights.by_origin_day -o flights/ --format csv --compression gzip
  ringside export flights.airports --columns iata,name -o - | head
  ringside export --query "SELECT * FROM flights.by_route WHERE origin = 'SEA' AND destination = 'LAX'" -o sea.csv

Exit status: 0 complete, 1 failed or incomplete, 2 wrong usage, 130 stopped by Ctrl-C.`;

/** The commands of `ringside`, without what they do. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write the rows of a table, or of a query, to a file: exact, and never silently incomplete.')
    .argument('[table]', 'KEYSPACE.TABLE, names as CQL writes them')
    .option('--query <statement>', 'a SELECT, in place of the table');
  withRows(command)
    .option('--columns <names>', 'separated by commas; all unless told')
    .option('--ttl', 'the time to live of every regular column, as columns ttl(name)')
    .option('--writetime', 'the write time of every regular column, as columns writetime(name)')
    .option('--page-rows <rows>', 'in a page, at most', parseAmount);
  return withCluster(withReading(withFormat(command))).addHelpText('after', EXAMPLES);
}

export function countCommand(): Command {
  const command = new Command('count')
    .description('Count the rows of a table by reading their keys: exact, without COUNT(*).')
    .argument('<table>', 'KEYSPACE.TABLE, names as CQL writes them');
  return withCluster(withReading(withRows(command).option('--quiet', 'say nothing but the number and errors')));
}
