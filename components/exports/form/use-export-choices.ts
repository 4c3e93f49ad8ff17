import { debounce, parseAsBoolean, parseAsJson, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import * as z from 'zod/mini';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { classify } from '@/lib/cql/classifier';
import {
  DEFAULT_OPTIONS,
  DESTINATIONS,
  type ExportChoices,
  type ExportOptions,
  exportOptionsSchema,
} from './export-request';

const columnsSchema = z.array(z.string());

/** What is exported stands in the address, so that a link or a reload brings it back. It never starts anything. */
const ADDRESS = {
  keyspace: parseAsString,
  table: parseAsString,
  filters: parseAsJson<Filter[]>((value) => filtersSchema.safeParse(value).data ?? null),
  filtering: parseAsBoolean,
  columns: parseAsJson<string[]>((value) => columnsSchema.safeParse(value).data ?? null),
  statement: parseAsString,
  format: parseAsStringLiteral(EXPORT_FORMATS).withDefault('csv'),
  options: parseAsJson<ExportOptions>((value) => exportOptionsSchema.safeParse(value).data ?? null),
  consistency: parseAsStringLiteral(CONSISTENCY_LEVELS),
  to: parseAsStringLiteral(DESTINATIONS).withDefault('download'),
};

export type AddressState = ReturnType<typeof useQueryStates<typeof ADDRESS>>[0];

export interface ExportChoicesState {
  readonly address: AddressState;
  readonly options: ExportOptions;
  /** Null while something is missing: see `missing`. */
  readonly choices: ExportChoices | null;
  /** What to choose or type before an export can start. */
  readonly missing: string | null;
  set(change: Partial<AddressState>): void;
  setOptions(change: Partial<ExportOptions>): void;
}

const TYPING_MS = 300;

export function useExportChoices(): ExportChoicesState {
  const [address, setAddress] = useQueryStates(ADDRESS, { limitUrlUpdates: debounce(TYPING_MS) });
  const options = address.options ?? DEFAULT_OPTIONS;
  const source = sourceOf(address);
  return {
    address,
    options,
    choices:
      typeof source === 'string' ? null : { source, format: address.format, options, consistency: address.consistency },
    missing: typeof source === 'string' ? source : null,
    set: (change) => void setAddress(change),
    setOptions: (change) =>
      void setAddress(({ options: current }) => ({ options: { ...(current ?? DEFAULT_OPTIONS), ...change } })),
  };
}

function sourceOf({
  statement,
  keyspace,
  table,
  filters,
  filtering,
  columns,
}: AddressState): ExportChoices['source'] | string {
  if (statement !== null) {
    return unreadable(statement) ?? { kind: 'statement', statement, keyspace };
  }
  if (keyspace === null) return 'Choose a keyspace.';
  if (table === null) return 'Choose a table.';
  if (columns?.length === 0) return 'Choose at least one column.';
  return { kind: 'table', keyspace, table, filters: filters ?? [], filtering: filtering === true, columns };
}

/** Why a statement cannot be exported, as far as its text tells. */
function unreadable(statement: string): string | undefined {
  if (statement.trim() === '') return 'Type a SELECT statement.';
  const { isWrite, verb, warnings } = classify(statement);
  if (!isWrite) return undefined;
  const reason = verb === '' ? warnings[0] : `this is ${verb}`;
  return `Only one statement that reads can be exported${reason === undefined ? '' : `: ${reason}`}.`;
}
