import { FORMATS } from '@/lib/contract/export-formats';
import type { Filter } from '@/lib/contract/filters';
import { plural } from '@/lib/text/format';
import type { ExportAddress } from './export-address';

/** What an address says of an export, each in a few words; none for the form as it opens. */
export function exportWords(address: ExportAddress): readonly string[] {
  const { keyspace, table, filters, filtering, columns, statement, text, format, options, consistency, to } = address;
  return [
    ...sourceWords({ keyspace, table, statement, text }),
    ...(filters ?? []).map(filterText),
    ...(filtering ? ['filtering allowed'] : []),
    ...(columns === null ? [] : [plural(columns.length, 'column')]),
    ...(format === 'csv' ? [] : [FORMATS[format].label]),
    ...(options === null ? [] : ['the options of the file']),
    ...(consistency === null ? [] : [consistency]),
    ...(to === 'download' ? [] : [to === 'job' ? 'as a job on the server' : 'saved to disk']),
  ];
}

function sourceWords(given: Pick<ExportAddress, 'keyspace' | 'table' | 'statement' | 'text'>): readonly string[] {
  const { keyspace, table, statement, text } = given;
  if (statement !== null || text !== null) return ['the statement', ...(keyspace === null ? [] : [`in ${keyspace}`])];
  if (table !== null) return [keyspace === null ? table : `${keyspace}.${table}`];
  return keyspace === null ? [] : [keyspace];
}

/** What is compared, in brief; the statement below shows it as CQL. */
export function filterText({ column, operator, value, tuple, key }: Filter): string {
  const entry = key === undefined ? column : `${column}[${JSON.stringify(key)}]`;
  const left = tuple === undefined ? entry : `(${[column, ...tuple].join(', ')})`;
  return `${left} ${operator} ${JSON.stringify(value)}`;
}
