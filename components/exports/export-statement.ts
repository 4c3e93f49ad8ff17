import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import type { ExportSource } from './export-request';

/** The statement that an export runs, filter values as bind markers: they stand beside it as they were chosen. */
export function exportStatement(source: ExportSource): string {
  if (source.kind === 'statement') return source.statement;
  const columns = source.columns === null ? '*' : source.columns.map(quoteIdentifier).join(', ');
  const where = source.filters.map(({ column, operator, value }) => {
    const markers = operator === 'IN' && Array.isArray(value) ? `(${value.map(() => '?').join(', ')})` : '?';
    return `${quoteIdentifier(column)} ${operator} ${markers}`;
  });
  const clause = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  return `SELECT ${columns} FROM ${qualifiedName(source.keyspace, source.table)}${clause}`;
}
