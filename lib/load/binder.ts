import 'server-only';
import type { BindOptions, SourceOptions } from '@/lib/contract/load-sources';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import type { PlanTable } from '@/lib/edit/table';
import { Failure } from '@/lib/failure';
import type { FieldForm } from '@/lib/transform/fields';
import { RowBinder } from '@/lib/transform/row-binder';

const FORMS: Readonly<Record<SourceOptions['format'], FieldForm>> = {
  csv: 'text',
  cql: 'literal',
  ndjson: 'json',
  json: 'json',
  parquet: 'json',
};

const LEAVE_OUT = 'Leave the column out of the mapping, or ask whoever runs Ringside for a role without its mask.';

/** A table that is loaded into: its shape lacks what is masked for whoever loads. */
export type LoadedTable = MutatedTable & Pick<PlanTable, 'masked'>;

/** What makes rows of a file's records. @throws MappingError; Failure `forbidden` for a masked column */
export function binderOf(table: LoadedTable, { format }: Pick<SourceOptions, 'format'>, bind: BindOptions): RowBinder {
  const { keyspace, table: name, shape, masked } = table;
  const column = bind.mapping.find(({ to }) => masked?.includes(to))?.to;
  if (column !== undefined) {
    const message = `${column} of ${keyspace}.${name} is masked for you, so nothing can be loaded into it.`;
    throw new Failure({ code: 'forbidden', message, hint: LEAVE_OUT, retryable: false });
  }
  return new RowBinder(bind, { keyspace, table: name, columns: shape.columns }, FORMS[format], Buffer.allocUnsafe);
}
