import { FORMATS } from '@/lib/contract/export-formats';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { ExportPlan } from './export-plan';
import {
  compressionOf,
  DEFAULT_OPTIONS,
  type Destination,
  type ExportChoices,
  type ExportSource,
  exportFileName,
  exportName,
  hasExtras,
} from './export-request';
import { shellWord } from './shell-words';

type PlanWords = Pick<ExportPlan, 'where' | 'statement' | 'filtering'>;

/**
 * The terminal's command that writes the same rows into the same kind of file, or for a job into a directory of parts.
 * What is as the terminal has it anyway is left out.
 * @param plan where filters are more than conditions, the terminal takes the whole statement
 * @returns null where no command says the same: to a whole statement the terminal adds no columns
 */
export function terminalCommand(
  cluster: string,
  choices: ExportChoices,
  to: Destination,
  plan: PlanWords,
): string | null {
  const { consistency, options, source } = choices;
  if (hasExtras(choices) && isWhole(source, plan)) return null;
  const out = to === 'job' ? `${exportName(source)}/` : exportFileName(choices);
  const parts = [
    ['ringside', 'export', ...sourceWords(source, plan)],
    ['--format', choices.format, '-o', out],
    ['--cluster', cluster],
    ...formatWords(choices),
    ...(hasExtras(choices) ? [flags({ '--ttl': options.extras.ttl, '--writetime': options.extras.writetime })] : []),
    ...(consistency === null ? [] : [['--consistency', consistency]]),
    ...limitWords(options.limits),
  ];
  return parts.map((words) => words.map(shellWord).join(' ')).join(' \\\n  ');
}

function sourceWords(source: ExportSource, plan: PlanWords): string[] {
  if (source.kind === 'statement') {
    return [
      '--query',
      source.statement,
      ...(source.keyspace === null ? [] : ['--keyspace', quoteIdentifier(source.keyspace)]),
    ];
  }
  const { keyspace, table, columns } = source;
  const { where, statement, filtering } = plan;
  if (isWhole(source, plan)) return ['--query', statement];
  return [
    `${quoteIdentifier(keyspace)}.${quoteIdentifier(table)}`,
    ...(columns === null ? [] : ['--columns', columns.map(quoteIdentifier).join(',')]),
    ...(where === null ? [] : ['--where', where]),
    ...(filtering === 'allowed' ? ['--allow-filtering'] : []),
  ];
}

function isWhole(source: ExportSource, { where }: Pick<ExportPlan, 'where'>): boolean {
  return source.kind === 'statement' || (where === null && source.filters.length > 0);
}

function formatWords(choices: ExportChoices): string[][] {
  const { format, options } = choices;
  const compression = compressionOf(choices);
  const own = FORMATS[format].options;
  return [
    ...(compression === 'none' ? [] : [['--compression', compression]]),
    ...(own === 'csv' ? csvWords(options.csv) : []),
    ...(own === 'parquet' ? parquetWords(options.parquet) : []),
  ];
}

function parquetWords({ decimal, varint, compression }: ExportChoices['options']['parquet']): string[][] {
  const usual = DEFAULT_OPTIONS.parquet;
  return [
    ...(decimal === usual.decimal ? [] : [['--decimal', String(decimal)]]),
    ...(varint === usual.varint ? [] : [['--varint', varint]]),
    ...(compression === usual.compression ? [] : [['--parquet-compression', compression]]),
  ];
}

function csvWords({ delimiter, header, nullText, formulaSafe }: ExportChoices['options']['csv']): string[][] {
  return [
    ...(delimiter === ',' ? [] : [['--delimiter', delimiter === '\t' ? 'tab' : delimiter]]),
    ...(header ? [] : [['--no-header']]),
    ...(nullText === '' ? [] : [['--null', nullText]]),
    ...(formulaSafe ? [['--formula-safe']] : []),
  ];
}

function limitWords(limits: ExportChoices['options']['limits']): string[][] {
  const { maxRowsPerSecond, maxBytesPerSecond, maxConcurrency } = limits;
  return [
    ...(maxRowsPerSecond === undefined ? [] : [['--max-rows-per-second', String(maxRowsPerSecond)]]),
    ...(maxBytesPerSecond === undefined ? [] : [['--max-bytes-per-second', String(maxBytesPerSecond)]]),
    ...(maxConcurrency === undefined ? [] : [['--concurrency', String(maxConcurrency)]]),
  ];
}

function flags(wanted: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(wanted).flatMap(([flag, on]) => (on ? [flag] : []));
}
