import type { ChangeManyRequest } from '@/lib/contract/change-many';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { whyNotInMany } from '@/lib/edit/many-words';
import { parseTypedText } from '@/lib/wire/typed-text';

/** What the form of a change of many rows holds, as it was typed. */
export interface ManyDraft {
  readonly deed: 'set' | 'delete';
  /** By column; `null`: its value is deleted. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly mode: 'guarded' | 'plain';
  /** Rows a second; empty: as fast as the cluster takes. */
  readonly rate: string;
  readonly journal: 'values' | 'none';
}

export const EMPTY_DRAFT: ManyDraft = { deed: 'set', values: {}, mode: 'guarded', rate: '', journal: 'values' };

/** The rows that are shown: what they were found by. */
export interface ManyRows {
  readonly keyspace: string;
  readonly table: string;
  readonly filters: readonly Filter[];
  readonly filtering: boolean;
}

/** The columns that can be set alike in many rows. */
export function settableColumns(shape: TableShape): readonly ColumnShape[] {
  const isCounter = isCounterTable({ keyspace: '', table: '', shape });
  return shape.columns.filter((column) => whyNotInMany(column, isCounter) === null);
}

/** Why other columns than those of the key are not offered. */
export function refusedColumns(shape: TableShape): readonly string[] {
  const isCounter = isCounterTable({ keyspace: '', table: '', shape });
  const others = shape.columns.filter(({ kind }) => kind === 'static' || kind === 'regular');
  return others.flatMap((column) => whyNotInMany(column, isCounter) ?? []);
}

export interface ManyForm {
  /** Null while something is missing or cannot be read. */
  readonly request: ChangeManyRequest | null;
  /** By column, and of `rate`. */
  readonly problems: Readonly<Record<string, string>>;
  readonly rateProblem: string | undefined;
}

export const RATE_PROBLEM = 'A whole number from 1 to 100,000.';

/** A rate in rows a second as it was typed; null: none. Undefined: it is no rate. */
export function rateOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const rate = Number(text);
  return Number.isInteger(rate) && rate >= 1 && rate <= 100_000 ? rate : undefined;
}

/** The request that a form asks for. */
export function requestOf(shape: TableShape, rows: ManyRows, draft: ManyDraft): ManyForm {
  const { keyspace, table, filters, filtering } = rows;
  const [values, problems]: [[string, JsonValue][], [string, string][]] = [[], []];
  for (const [name, text] of Object.entries(draft.deed === 'set' ? draft.values : {})) {
    const type = shape.columns.find((column) => column.name === name)?.type;
    if (type === undefined) continue;
    const typed = text === null ? { value: null } : parseTypedText(text, type);
    if ('problem' in typed) problems.push([name, typed.problem]);
    else values.push([name, typed.value]);
  }
  const rate = rateOf(draft.rate);
  const rateProblem = rate === undefined ? RATE_PROBLEM : undefined;
  const isWhole = problems.length === 0 && rate !== undefined && (draft.deed === 'delete' || values.length > 0);
  const deed = draft.deed === 'delete' ? { delete: true as const } : { set: Object.fromEntries(values) };
  const request: ChangeManyRequest = {
    ...{ keyspace, table, filters: [...filters], ...deed, options: { mode: draft.mode }, journal: draft.journal },
    ...(filtering ? { allowFiltering: true } : {}),
    ...(rate == null ? {} : { rowsPerSecond: rate }),
  };
  return { request: isWhole ? request : null, problems: Object.fromEntries(problems), rateProblem };
}
