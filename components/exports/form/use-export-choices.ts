import { useQuery } from '@tanstack/react-query';
import { errorText } from '@/lib/client/error-text';
import { keptTextQuery } from '@/lib/client/statements';
import { useSearchState } from '@/lib/client/use-search-state';
import { classify } from '@/lib/cql/classifier';
import { type ExportAddress, readExportAddress, writeExportAddress } from './export-address';
import { DEFAULT_OPTIONS, type ExportChoices, type ExportOptions } from './export-request';

const EXPORT = { read: readExportAddress, write: writeExportAddress };

export interface ExportChoicesState {
  readonly address: ExportAddress;
  readonly options: ExportOptions;
  /** Null while something is missing: see `missing`. */
  readonly choices: ExportChoices | null;
  /** What to choose or type before an export can start. */
  readonly missing: string | null;
  set(change: Partial<ExportAddress>): void;
  setOptions(change: Partial<ExportOptions>): void;
}

export function useExportChoices(): ExportChoicesState {
  const [given, write] = useSearchState(EXPORT);
  const { address, unread } = useKeptStatement(given);
  const options = address.options ?? DEFAULT_OPTIONS;
  const source = unread ?? sourceOf(address);
  return {
    address,
    options,
    choices:
      typeof source === 'string' ? null : { source, format: address.format, options, consistency: address.consistency },
    missing: typeof source === 'string' ? source : null,
    // A statement that was typed takes the place of the one that the link brought.
    set: (change) => write('statement' in change ? { ...change, text: null } : change, 'typed'),
    setOptions: (change) => write({ options: { ...options, ...change } }, 'typed'),
  };
}

/** The address with the statement that its link keeps on the server. `unread`: why that is not there (yet). */
function useKeptStatement(given: ExportAddress): { address: ExportAddress; unread: string | null } {
  const isKept = given.text !== null && given.statement === null;
  const { data, error } = useQuery(keptTextQuery(isKept ? (given.text ?? '') : ''));
  if (!isKept) return { address: given, unread: null };
  if (data !== undefined) return { address: { ...given, statement: data.text }, unread: null };
  return {
    address: { ...given, statement: '' },
    unread: error === null ? 'Reading the statement…' : errorText(error).message,
  };
}

function sourceOf({
  statement,
  keyspace,
  table,
  filters,
  filtering,
  columns,
}: ExportAddress): ExportChoices['source'] | string {
  if (statement !== null) {
    return unreadable(statement) ?? { kind: 'statement', statement, keyspace };
  }
  if (keyspace === null) return 'Choose a keyspace.';
  if (table === null) return 'Choose a table.';
  if (columns?.length === 0) return 'Choose at least one column.';
  return { kind: 'table', keyspace, table, filters: filters ?? [], filtering, columns };
}

/** Why a statement cannot be exported, as far as its text shows. */
function unreadable(statement: string): string | undefined {
  if (statement.trim() === '') return 'Type a SELECT statement.';
  const { isWrite, verb, warnings } = classify(statement);
  if (!isWrite) return undefined;
  const reason = verb === '' ? warnings[0] : `this is ${verb}`;
  return `Only one statement that reads can be exported${reason === undefined ? '' : `: ${reason}`}.`;
}
