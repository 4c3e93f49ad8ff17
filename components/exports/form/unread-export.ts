import { readableFilters } from '@/lib/client/readable-filters';
import { type PartForm, type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { jsonText } from '@/lib/contract/json';
import { EXPORT_PARTS, type ExportAddress, readExportAddress } from './export-address';
import { DESTINATIONS } from './export-request';

type PartName = keyof ExportAddress;

const form = (name: keyof typeof EXPORT_PARTS, expected: string, isJson = false): PartForm => ({
  canRead: (text) => EXPORT_PARTS[name](text) !== undefined,
  expected,
  isJson,
});

const FLAG = 'expected true or false';
const TEXT: PartForm = { canRead: () => true, expected: 'expected text' };

const FORMS: Readonly<Record<PartName, PartForm>> = {
  keyspace: TEXT,
  table: TEXT,
  filters: form('filters', 'expected a list of filters, such as [{"column":"id","operator":"=","value":7}]', true),
  filtering: form('filtering', FLAG),
  columns: form('columns', 'expected a list of column names, such as ["id","name"]', true),
  statement: TEXT,
  text: TEXT,
  format: form('format', `expected one of ${EXPORT_FORMATS.join(', ')}`),
  options: form('options', 'expected options such as {"compression":"gzip"}', true),
  consistency: form('consistency', 'expected a consistency level, such as LOCAL_QUORUM'),
  to: form('to', `expected one of ${DESTINATIONS.join(', ')}`),
  arranged: form('arranged', FLAG),
};

const OF_A_TABLE: readonly PartName[] = ['table', 'filters', 'filtering', 'columns', 'arranged'];

/** The parts of a query string that describe an export and cannot be read, or not beside the statement in it. */
export function unreadExportParts(search: string): readonly UnreadPart<PartName>[] {
  const unread = unreadIn(search, FORMS);
  const given = new URLSearchParams(search);
  const [main] = (['statement', 'text'] as const).filter((name) => given.has(name));
  if (main === undefined) return unread;
  const unused = [...OF_A_TABLE, ...(main === 'statement' ? (['text'] as const) : [])];
  const beside = unused.flatMap((name): UnreadPart<PartName>[] => {
    const text = given.get(name);
    return text === null ? [] : [{ name, text, why: 'cannot be used beside a statement' }];
  });
  return [...unread.filter(({ name }) => !unused.includes(name)), ...beside];
}

/** The query string with only what can be read of the export: of a list of filters, those that can be. */
export function readableExport(search: string): string {
  const next = new URLSearchParams(search);
  for (const { name, text } of unreadExportParts(search)) {
    const kept = name === 'filters' && hasTable(search) ? readableFilters(text) : [];
    if (kept.length > 0) next.set(name, jsonText(kept));
    else next.delete(name);
  }
  return next.toString();
}

const hasTable = (search: string) =>
  readExportAddress(search).statement === null && readExportAddress(search).text === null;

/** The query string of an empty form. */
export function emptyExport(search: string): string {
  const next = new URLSearchParams(search);
  for (const name of Object.keys(FORMS)) next.delete(name);
  return next.toString();
}
