import type { CompareRequest } from '@/lib/contract/compare';
import type { CopyRequest } from '@/lib/contract/copy';
import type { Filter } from '@/lib/contract/filters';
import type { Mapping, Step } from '@/lib/contract/transforms';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';

/** The rows that are copied: a table with its filters, as its page shows it. */
export interface MovedRows {
  readonly keyspace: string;
  readonly table: string;
  readonly filters: readonly Filter[];
  readonly filtering: boolean;
}

/** What becomes of a column. `change`: its steps; `constant`: the same CQL literal in every row, which masks it. */
export const COLUMN_USES = ['copy', 'change', 'constant', 'leave'] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];

export interface ColumnDraft {
  readonly use: ColumnUse;
  /** The column of the target. */
  readonly to: string;
  readonly literal: string;
  /** What is done to its values, in order. */
  readonly steps: readonly Step[];
}

export interface MoveDraft {
  readonly task: 'copy' | 'compare';
  readonly cluster: string;
  readonly keyspace: string;
  readonly table: string;
  readonly create: boolean;
  readonly keepAges: boolean;
  readonly verify: 'none' | 'count' | 'compare';
  /** The most rows a second, as it is typed. */
  readonly rate: string;
  /** By the source's column; others are copied into the column of their name. */
  readonly columns: Readonly<Record<string, ColumnDraft>>;
}

/** A draft for a table: into a table of the same name, in another cluster if there is one. */
export function draftOf(cluster: string, { keyspace, table }: MovedRows, others: readonly string[]): MoveDraft {
  const other = others.find((name) => name !== cluster);
  return {
    ...{ task: 'copy', cluster: other ?? cluster, keyspace, table: other === undefined ? `${table}_copy` : table },
    ...{ create: true, keepAges: false, verify: 'count', rate: '', columns: {} },
  };
}

/** The request of a draft, or what it lacks. */
export type Checked<Request> = { readonly request: Request } | { readonly problem: string };

export function columnDraft({ columns }: MoveDraft, name: string): ColumnDraft {
  return Object.hasOwn(columns, name) ? (columns[name] ?? whole(name)) : whole(name);
}

function whole(name: string): ColumnDraft {
  return { use: 'copy', to: name, literal: '', steps: [] };
}

/** What a new literal is written like. */
export function literalOf(type: CqlType): string {
  const text = formatCqlType(type);
  return text === 'text' || text === 'ascii' ? "'masked'" : 'null';
}

export function copyRequest(shape: TableShape, rows: MovedRows, draft: MoveDraft): Checked<CopyRequest> {
  const place = checkedPlace(draft);
  if ('problem' in place) return place;
  const rate = rateOf(draft.rate);
  if (rate === null) return { problem: 'Rows a second is a whole number.' };
  const { keyspace, table, filters, filtering } = rows;
  const { create, keepAges, verify } = draft;
  const mapping = mappingOf(shape, draft);
  return {
    request: {
      ...{ keyspace, table, target: place.request, create, verify, keepTtl: keepAges, keepWriteTime: keepAges },
      ...(filters.length === 0 ? {} : { filters: [...filters], allowFiltering: filtering }),
      ...(mapping === null ? {} : { mapping }),
      ...(rate === undefined ? {} : { rowsPerSecond: rate }),
    },
  };
}

export function compareRequest({ keyspace, table }: MovedRows, draft: MoveDraft): Checked<CompareRequest> {
  const place = checkedPlace(draft);
  if ('problem' in place) return place;
  const rate = rateOf(draft.rate);
  if (rate === null) return { problem: 'Rows a second is a whole number.' };
  return {
    request: { keyspace, table, target: place.request, ...(rate === undefined ? {} : { rowsPerSecond: rate }) },
  };
}

function checkedPlace({ cluster, keyspace, table }: MoveDraft): Checked<CompareRequest['target']> {
  if (keyspace.trim() === '' || table.trim() === '') return { problem: 'Name the keyspace and the table.' };
  return { request: { cluster, keyspace: keyspace.trim(), table: table.trim() } };
}

/** Undefined: as fast as it goes. Null: no such number. */
function rateOf(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  return /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Null: every column into the one of its name. */
function mappingOf({ columns }: TableShape, draft: MoveDraft): Mapping | null {
  if (Object.keys(draft.columns).length === 0) return null;
  return columns.flatMap(({ name }): Mapping => {
    const { use, to, literal, steps } = columnDraft(draft, name);
    if (use === 'leave') return [];
    const from = use === 'constant' ? { constant: literal } : { field: name };
    return [{ to: to.trim() === '' ? name : to.trim(), from, steps: use === 'change' ? [...steps] : [] }];
  });
}
