import 'server-only';
import { maskedUse } from '@/lib/rights/masked-use';
import { columnMaskIn } from '@/lib/rights/masks';
import { hasMasks, type PersonRights, type RightPlace } from '@/lib/rights/rules';
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
  const places = [name, table?.baseTable ?? name].map((one) => ({ cluster: cluster.name, keyspace, table: one }));
  if (!places.some((place) => hasMasks(rights, place))) return plan;
  if (table === undefined || table.columns.length === 0) {
    throw forbidden(`${keyspace}.${name} has masks, and Ringside cannot tell its columns.`);
  }
  return withMask(plan, table, rights, places);
}

function withMask(
  plan: ReadPlan,
  { name, columns }: NonNullable<ReadPlan['table']>,
  rights: PersonRights,
  places: readonly RightPlace[],
): ReadPlan {
  const mask = (column: string) => columnMaskIn(rights, places, column);
  const masked = columns.filter((column) => mask(column.name) !== null);
  // The position of a read, its tokens and its cursors are made of key values.
  const key = masked.find(({ kind }) => kind === 'partition_key' || kind === 'clustering');
  if (key !== undefined) throw forbidden(`${name} has a key column that is masked for you, ${key.name}.`);
  const used = maskedUse(plan.statement, new Set(masked.map((column) => column.name)));
  if (masked.length > 0 && used !== null) {
    const role = mask(used)?.role;
    const why = role === undefined ? `${name} has masked columns` : `${used} is masked for you by the role ${role}`;
    throw forbidden(`The statement was not run: ${why}, and it uses ${used}.`, SELECT_ONLY);
  }
  // Also without one, because a column that is added meanwhile may be masked.
  return { ...plan, mask };
}

const SELECT_ONLY =
  'Masked columns can be selected by name or with *, but not be renamed, filtered by or passed to a function.';

function forbidden(message: string, hint = 'Ask whoever runs Ringside for a role without masks.'): Failure {
  return new Failure({ code: 'forbidden', message, hint, retryable: false });
}
