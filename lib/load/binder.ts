import 'server-only';
import type { BindOptions, SourceOptions } from '@/lib/contract/load-sources';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import type { FieldForm } from '@/lib/transform/fields';
import { RowBinder } from '@/lib/transform/row-binder';

const FORMS: Readonly<Record<SourceOptions['format'], FieldForm>> = {
  csv: 'text',
  cql: 'literal',
  ndjson: 'json',
  json: 'json',
  parquet: 'json',
};

/** What makes rows of a file's records. @throws MappingError */
export function binderOf(table: MutatedTable, { format }: Pick<SourceOptions, 'format'>, bind: BindOptions): RowBinder {
  const { keyspace, table: name, shape } = table;
  return new RowBinder(bind, { keyspace, table: name, columns: shape.columns }, FORMS[format], Buffer.allocUnsafe);
}
