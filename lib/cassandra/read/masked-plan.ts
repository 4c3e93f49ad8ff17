import 'server-only';
import type { TableName } from '@/lib/contract/common';
import type { Table } from '@/lib/contract/schema';
import { maskedUse } from '@/lib/rights/masked-use';
import { type ColumnMask, columnMaskIn, maskPlaces } from '@/lib/rights/masks';
import { hasMasks, type PersonRights } from '@/lib/rights/rules';
import { Failure } from '../../failure';
import type { ReadPlan } from './reads';

/**
 * A read as a person may have it: without the values of columns that are masked for them.
 * @param rights null: everything may be seen
 * @throws Failure `forbidden` for a statement that uses a masked column in another way than to select it, and for a table
 *   with a masked key column
 */
export function maskedPlan(plan: ReadPlan, rights: PersonRights | null): ReadPlan {
  const { classification, cluster, table } = plan;
  if (rights === null || classification.kind !== 'select') return plan;
  const keyspace = classification.table?.keyspace ?? plan.keyspace;
  const name = classification.table?.name;
  if (keyspace === undefined || name === undefined) throw forbidden('Ringside cannot tell what this statement reads.');
  const found = tableMask(cluster.name, { keyspace, table: name }, table, rights);
  if (found === null) return plan;
  const { mask, masked } = found;
  const used = maskedUse(plan.statement, new Set(masked));
  if (masked.length > 0 && used !== null) {
    const role = mask(used)?.role;
    const why = role === undefined ? `${name} has masked columns` : `${used} is masked for you by the role ${role}`;
    throw forbidden(`The statement was not run: ${why}, and it uses ${used}.`, SELECT_ONLY);
  }
  // Also without one, because a column that is added meanwhile may be masked.
  return { ...plan, mask };
}

/** What is masked of a table. */
export interface TableMask {
  readonly mask: (column: string) => ColumnMask | null;
  /** The names of the masked columns that it has now. */
  readonly masked: readonly string[];
}

/**
 * What is masked of a table for a person; null: no role masks anything of it.
 * @param table as the schema has it, a view with its table's name
 * @throws Failure `forbidden` for a table with a masked key column, or whose columns are not known
 */
export function tableMask(
  cluster: string,
  { keyspace, table: name }: TableName,
  table: Pick<Table, 'baseTable' | 'columns'> | undefined,
  rights: PersonRights | null,
): TableMask | null {
  const places = maskPlaces({ cluster, keyspace }, name, table?.baseTable);
  if (rights === null || !places.some((place) => hasMasks(rights, place))) return null;
  if (table === undefined || table.columns.length === 0) {
    throw forbidden(`${keyspace}.${name} has masks, and Ringside cannot tell its columns.`);
  }
  const mask = (column: string) => columnMaskIn(rights, places, column);
  const masked = table.columns.filter((column) => mask(column.name) !== null);
  // The position of a read, its tokens and its cursors are made of key values, and a row is changed by its key.
  const key = masked.find(({ kind }) => kind === 'partition_key' || kind === 'clustering');
  if (key !== undefined) throw forbidden(`${name} has a key column that is masked for you, ${key.name}.`);
  return { mask, masked: masked.map((column) => column.name) };
}

const SELECT_ONLY =
  'Masked columns can be selected by name or with *, but not be renamed, filtered by or passed to a function.';

function forbidden(message: string, hint = 'Ask whoever runs Ringside for a role without masks.'): Failure {
  return new Failure({ code: 'forbidden', message, hint, retryable: false });
}
