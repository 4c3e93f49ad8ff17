import type { LoadFrom, LoadOptions, LoadPreviewRequest, LoadRequest } from '@/lib/contract/load';
import type { CsvSource, SourceOptions, UsingOrigin } from '@/lib/contract/load-sources';
import type { MappedColumn, Mapping, Step } from '@/lib/contract/transforms';

/** A TTL or write time of the rows, as it is chosen. */
export interface UsingDraft {
  readonly kind: 'none' | 'field' | 'constant';
  readonly text: string;
}

/** What a person chose of a load; what is absent is found out from the file. */
export interface LoadDraft {
  readonly from: LoadFrom | null;
  readonly source: {
    readonly format?: SourceOptions['format'] | undefined;
    readonly compression?: SourceOptions['compression'] | undefined;
    readonly csv?: Partial<CsvSource> | undefined;
  };
  /** Null: guessed by the names. */
  readonly mapping: Mapping | null;
  readonly ttl: UsingDraft;
  readonly timestamp: UsingDraft;
  readonly nulls: 'unset' | 'tombstone';
  readonly emptyText: 'refused' | 'value';
  readonly consistency: LoadOptions['consistency'];
  /** Rows a second; empty: as fast as the cluster takes them. */
  readonly rate: string;
  /** Rows that may fail; empty: any number. */
  readonly failures: string;
  readonly verify: 'none' | 'sample' | 'full';
}

const NO_USING: UsingDraft = { kind: 'none', text: '' };

export const FIRST_DRAFT: LoadDraft = {
  from: null,
  source: {},
  mapping: null,
  ttl: NO_USING,
  timestamp: NO_USING,
  nulls: 'unset',
  emptyText: 'refused',
  consistency: 'LOCAL_QUORUM',
  rate: '',
  failures: '100',
  verify: 'sample',
};

const MOST_A_SECOND = 1_000_000;

/** The draft of a load with everything decided. */
export function draftOf({ from, source, bind, options }: LoadRequest): LoadDraft {
  const { format, compression, csv } = source;
  const { mapping, ttl, timestamp, nulls, emptyText } = bind;
  const { consistency, rowsPerSecond, maxFailures, verify } = options;
  return {
    ...{ from, source: { format, compression, ...(format === 'csv' && { csv }) }, mapping, nulls, emptyText },
    ...{ ttl: usingDraft(ttl), timestamp: usingDraft(timestamp), consistency, verify },
    rate: rowsPerSecond === null ? '' : String(rowsPerSecond),
    failures: maxFailures.rows === null ? '' : String(maxFailures.rows),
  };
}

function usingDraft(origin: UsingOrigin | undefined): UsingDraft {
  if (origin === undefined) return NO_USING;
  return 'field' in origin ? { kind: 'field', text: origin.field } : { kind: 'constant', text: origin.constant };
}

export interface DraftProblems {
  readonly rate?: string;
  readonly failures?: string;
  readonly ttl?: string;
  readonly timestamp?: string;
}

/** What is wrong in the draft itself, by field; the file and the table are judged by the server. */
export function problemsOf({ rate, failures, ttl, timestamp }: LoadDraft): DraftProblems {
  const pace = wholeNumber(rate);
  return {
    ...(pace === undefined || pace === 0 || (pace ?? 1) > MOST_A_SECOND
      ? { rate: 'A whole number from 1 to 1,000,000, or nothing.' }
      : {}),
    ...(wholeNumber(failures) === undefined ? { failures: 'A whole number, or nothing for any number.' } : {}),
    ...usingProblem('ttl', ttl, 'Whole seconds, such as 86400.'),
    ...usingProblem('timestamp', timestamp, 'Whole microseconds since 1970.'),
  };
}

function usingProblem(name: 'ttl' | 'timestamp', { kind, text }: UsingDraft, expected: string): DraftProblems {
  if (kind === 'constant' && !/^-?\d{1,19}$/.test(text)) return { [name]: expected };
  return kind === 'field' && text === '' ? { [name]: 'Choose the field.' } : {};
}

/** Null: nothing is written there; undefined: no whole number. */
function wholeNumber(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

/** What the server is asked about a draft; null: nothing is chosen yet, or something is wrong. */
export function requestOf(
  { keyspace, table }: { readonly keyspace: string; readonly table: string },
  draft: LoadDraft,
): LoadPreviewRequest | null {
  const { from, source, mapping, ttl, timestamp, nulls, emptyText, consistency, verify } = draft;
  if (from === null || Object.keys(problemsOf(draft)).length > 0) return null;
  const { format, compression, csv } = source;
  return {
    keyspace,
    table,
    from,
    source: {
      ...(format === undefined ? {} : { format }),
      ...(compression === undefined ? {} : { compression }),
      ...(csv === undefined ? {} : { csv }),
    },
    bind: {
      ...(mapping === null ? {} : { mapping }),
      ...(ttl.kind === 'none' ? {} : { ttl: usingOf(ttl) }),
      ...(timestamp.kind === 'none' ? {} : { timestamp: usingOf(timestamp) }),
      nulls,
      emptyText,
    },
    options: {
      consistency,
      rowsPerSecond: wholeNumber(draft.rate) ?? null,
      maxFailures: { rows: wholeNumber(draft.failures) ?? null },
      verify,
    },
  };
}

function usingOf({ kind, text }: UsingDraft): { field: string } | { constant: string } {
  return kind === 'field' ? { field: text } : { constant: text };
}

/** Maps a column from elsewhere; null: it is skipped. Its steps stay while it comes from a field. */
export function withOrigin(mapping: readonly MappedColumn[], to: string, from: MappedColumn['from'] | null): Mapping {
  if (from === null) return mapping.filter((one) => one.to !== to);
  const known = mapping.find((one) => one.to === to);
  const next: MappedColumn = { to, from, steps: 'field' in from ? (known?.steps ?? []) : [] };
  return known === undefined ? [...mapping, next] : mapping.map((one) => (one === known ? next : one));
}

/** Changes the steps of a column. */
export function withSteps(mapping: readonly MappedColumn[], to: string, steps: readonly Step[]): Mapping {
  return mapping.map((one) => (one.to === to ? { ...one, steps: [...steps] } : one));
}
