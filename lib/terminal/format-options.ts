import 'server-only';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import type { FormatOptions } from '@/lib/contract/export-formats';
import { csvOptionsSchema, parquetOptionsSchema } from '@/lib/contract/exports';
import { UsageError } from './usage';

/** The flags of formats with options, as arguments. */
export const formatArguments = {
  delimiter: z.string().optional(),
  header: z.boolean().default(true),
  null: z.string().max(40).optional(),
  formulaSafe: z.boolean().default(false),
  decimal: z.string().optional(),
  varint: z.enum(['text', 'decimal']).optional(),
  parquetCompression: z.enum(['none', 'snappy', 'gzip']).optional(),
};
const formatArgumentsSchema = z.object(formatArguments);
type FormatArguments = z.infer<typeof formatArgumentsSchema>;

/** @throws UsageError */
export function csvOptions(given: FormatArguments) {
  const delimiter = given.delimiter === undefined ? ',' : /^(\\t|tab)$/i.test(given.delimiter) ? '\t' : given.delimiter;
  const options = csvOptionsSchema.safeParse({
    delimiter,
    header: given.header,
    nullText: given.null ?? '',
    formulaSafe: given.formulaSafe,
  });
  if (options.success) return options.data;
  throw new UsageError('--delimiter must be one of , ; | and tab.');
}

/** @throws UsageError */
export function parquetOptions({ decimal = 'text', varint, parquetCompression }: FormatArguments) {
  const options = parquetOptionsSchema.safeParse({
    decimal: decimal === 'text' ? 'text' : /^\d{1,2}$/.test(decimal) ? Number(decimal) : decimal,
    varint,
    compression: parquetCompression,
  });
  if (options.success) return options.data;
  throw new UsageError('--decimal must be text, or a scale for all decimals: a whole number up to 38.');
}

interface FormatFlags {
  /** Adds the flags to a command, under their heading in its help. */
  readonly addTo: (command: Command) => void;
  /** The request's options from the arguments. @throws UsageError */
  readonly read: (given: FormatArguments) => unknown;
}

export const FORMAT_FLAGS: Readonly<Record<FormatOptions, FormatFlags>> = {
  csv: {
    addTo: (command) =>
      command
        .optionsGroup('CSV:')
        .option('--delimiter <character>', 'one of , ; | tab')
        .option('--no-header', 'omit the header line')
        .option('--null <text>', 'text for null (default: empty)')
        .option('--formula-safe', "put ' before text that a spreadsheet would run as a formula"),
    read: csvOptions,
  },
  parquet: {
    addTo: (command) =>
      command
        .optionsGroup('Parquet:')
        .option('--decimal <how>', 'text, or a scale for all decimals; a value that does not fit fails the export')
        .addOption(new Option('--varint <kind>', 'write varints as text or as decimals').choices(['text', 'decimal']))
        .addOption(new Option('--parquet-compression <kind>', 'snappy').choices(['none', 'snappy', 'gzip'])),
    read: parquetOptions,
  },
};
