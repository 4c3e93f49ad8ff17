/** The formats of exported files: what the page, the terminal, the server and the writers need to know of each. */

/** The fields of a request with the options of a format; `formatOptionsShape` has their schemas. */
export type FormatOptions = 'csv' | 'parquet';

export interface ExportFormatFacts {
  readonly label: string;
  /** One line for a person who chooses. */
  readonly hint: string;
  /** A file's name ends with it. */
  readonly extension: string;
  /** Other endings that mean this format when a file is named. */
  readonly otherExtensions: readonly string[];
  readonly mediaType: string;
  /** Text can go to a terminal. */
  readonly isText: boolean;
  /** Whether a file can be cut between any two rows and go on there: rows are text and nothing stands around them. */
  readonly isContinuable: boolean;
  /** Whether the file as a whole can be compressed; otherwise the format compresses inside. */
  readonly isCompressible: boolean;
  /** The request's field with this format's options; null if it has none. */
  readonly options: FormatOptions | null;
}

export const FORMATS = {
  csv: {
    label: 'CSV',
    hint: 'RFC 4180. Empty text is "", so that it is not taken for null.',
    extension: '.csv',
    otherExtensions: [],
    mediaType: 'text/csv; charset=utf-8',
    isText: true,
    isContinuable: true,
    isCompressible: true,
    options: 'csv',
  },
  ndjson: {
    label: 'NDJSON',
    hint: 'One JSON object a line.',
    extension: '.ndjson',
    otherExtensions: ['.jsonl'],
    mediaType: 'application/x-ndjson; charset=utf-8',
    isText: true,
    isContinuable: true,
    isCompressible: true,
    options: null,
  },
  json: {
    label: 'JSON',
    hint: 'One JSON array of objects.',
    extension: '.json',
    otherExtensions: [],
    mediaType: 'application/json',
    isText: true,
    isContinuable: false,
    isCompressible: true,
    options: null,
  },
  cql: {
    label: 'CQL',
    hint: 'INSERT statements that write the same rows again.',
    extension: '.cql',
    otherExtensions: [],
    mediaType: 'application/cql; charset=utf-8',
    isText: true,
    isContinuable: true,
    isCompressible: true,
    options: null,
  },
  parquet: {
    label: 'Parquet',
    hint: 'Columns with their types. A value that does not fit ends the export, none is rounded.',
    extension: '.parquet',
    otherExtensions: [],
    mediaType: 'application/vnd.apache.parquet',
    isText: false,
    isContinuable: false,
    isCompressible: false,
    options: 'parquet',
  },
} as const satisfies Readonly<Record<string, ExportFormatFacts>>;

export type ExportFormat = keyof typeof FORMATS;

function isFormat(name: string): name is ExportFormat {
  return Object.hasOwn(FORMATS, name);
}

export const EXPORT_FORMATS: readonly ExportFormat[] = Object.keys(FORMATS).filter(isFormat);

/** The format that a file's name ending means, such as `.csv`; undefined for any other. */
export function formatOfExtension(extension: string): ExportFormat | undefined {
  return EXPORT_FORMATS.find((name) => {
    const facts: ExportFormatFacts = FORMATS[name];
    return facts.extension === extension || facts.otherExtensions.includes(extension);
  });
}

/** Can a file of this kind be cut anywhere between two rows and go on there? */
export function canContinue(format: ExportFormat, compression: string): boolean {
  return compression === 'none' && FORMATS[format].isContinuable;
}
