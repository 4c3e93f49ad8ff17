import { useQuery } from '@tanstack/react-query';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { errorText } from '@/lib/client/error-text';
import { keptTextQuery } from '@/lib/client/statements';
import { useSearchState } from '@/lib/client/use-search-state';
import type { Classification } from '@/lib/contract/statements';
import { type ExportAddress, readExportAddress, writeExportAddress } from './export-address';
import { DEFAULT_OPTIONS, type ExportChoices, type ExportOptions } from './export-request';

/** Starts to load while the shell hydrates. */
const classifier = laterModule(() => import('@/lib/cql/classifier'));

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
  const classify = useLaterModule(classifier)?.classify;
  const options = address.options ?? DEFAULT_OPTIONS;
  const source = unread ?? sourceOf(address, classify);
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

const READING = 'Reading the statement…';

/** The address with the statement that its link keeps on the server. `unread`: why that is not there (yet). */
function useKeptStatement(given: ExportAddress): { address: ExportAddress; unread: string | null } {
  const isKept = given.text !== null && given.statement === null;
  const { data, error } = useQuery(keptTextQuery(isKept ? (given.text ?? '') : ''));
  if (!isKept) return { address: given, unread: null };
  if (data !== undefined) return { address: { ...given, statement: data.text }, unread: null };
  return {
    address: { ...given, statement: '' },
    unread: error === null ? READING : errorText(error).message,
  };
}

type Classify = (statement: string) => Classification;

function sourceOf(
  { statement, keyspace, table, filters, filtering, columns }: ExportAddress,
  classify: Classify | undefined,
): ExportChoices['source'] | string {
  if (statement !== null) {
    if (classify === undefined) return READING;
    return unreadable(statement, classify) ?? { kind: 'statement', statement, keyspace };
  }
  if (keyspace === null) return 'Choose a keyspace.';
  if (table === null) return 'Choose a table.';
  if (columns?.length === 0) return 'Choose at least one column.';
  return { kind: 'table', keyspace, table, filters: filters ?? [], filtering, columns };
}

/** Why a statement cannot be exported, as far as its text shows. */
function unreadable(statement: string, classify: Classify): string | undefined {
  if (statement.trim() === '') return 'Type a SELECT statement.';
  const { isWrite, verb, warnings } = classify(statement);
  if (!isWrite) return undefined;
  const reason = verb === '' ? warnings[0] : `this is ${verb}`;
  return `Only one statement that reads can be exported${reason === undefined ? '' : `: ${reason}`}.`;
}
