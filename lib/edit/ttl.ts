import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, ExpiresAt, MutationOptions, RowRead } from '@/lib/contract/mutations';
import type { ColumnShape } from '../cql/schema-lookup';
import { mapPairs } from '../wire/json-texts';
import { EditError, isInParts, type PlanTable, valueText } from './table';

/** What USING TTL says: seconds, 0 for never, undefined where it is left out; `expired`: the value would be gone by now. */
export type Ttl = number | undefined | 'expired';

export interface TtlRules {
  readonly table: PlanTable;
  readonly rule: MutationOptions['ttl'];
  readonly nowMs: number;
}

/** What is said of a TTL for itself: in an edit, or for a whole change. */
export type SaidTtl = Pick<Extract<CellEdit, { readonly set: unknown }>, 'ttlSeconds' | 'expiresAt'>;

/** Never to expire, in a table whose default would say otherwise too. */
function endless({ table }: TtlRules): Ttl {
  return table.defaultTtlSeconds > 0 ? 0 : undefined;
}

function untilThen(at: string | null, rules: TtlRules): Ttl {
  if (at === null) return endless(rules);
  const seconds = Math.ceil((Date.parse(at) - rules.nowMs) / 1_000);
  return seconds > 0 ? seconds : 'expired';
}

/** What remains of a TTL that was read some time ago. */
function remaining(ttlSeconds: number | null, row: RowRead, rules: TtlRules): Ttl {
  if (ttlSeconds === null) return endless(rules);
  return untilThen(new Date(Date.parse(row.at) + ttlSeconds * 1_000).toISOString(), rules);
}

/** What an edit or the options say, without regard to what is there; null: it is to be kept. */
export function saidTtl({ ttlSeconds, expiresAt }: SaidTtl, rules: TtlRules): readonly Ttl[] | null {
  if (ttlSeconds !== undefined) return [ttlSeconds];
  if (expiresAt !== undefined) return [expiresAt].flat().map((at) => untilThen(at, rules));
  if (rules.rule === 'table') return [undefined];
  return typeof rules.rule === 'number' ? [rules.rule] : null;
}

/**
 * The TTLs that a cell has: one, or one for each of its parts in their order. Where there is none to keep, the table's
 * default applies.
 * @throws EditError where they cannot be read
 */
export function keptTtls(column: ColumnShape, cell: CellRead | undefined, row: RowRead | null, rules: TtlRules) {
  if (row === null || cell === undefined || cell.value === null) return [undefined];
  if (!isInParts(column)) return [remaining(cell.ttlSeconds, row, rules)];
  if (cell.parts == null) {
    throw new EditError(
      `The TTLs in “${column.name}” cannot be read before Cassandra 5.0, so they cannot be kept. Say which TTL the new value gets (ttlSeconds, 0 for none).`,
    );
  }
  return cell.parts.map(({ ttlSeconds }) => remaining(ttlSeconds, row, rules));
}

/** The longest: of a value in parts that is written as a whole. */
export function longest(ttls: readonly Ttl[], { table }: TtlRules): Ttl {
  const left = ttls.filter((ttl) => ttl !== 'expired');
  if (left.length === 0) return ttls.length === 0 ? undefined : 'expired';
  const spanOf = (ttl: number | undefined) => (ttl ?? table.defaultTtlSeconds) || Number.POSITIVE_INFINITY;
  return left.reduce((most, ttl) => (spanOf(ttl) > spanOf(most) ? ttl : most));
}

/** Where a part is in the order of its value's: the index of an element, entry or field; -1: it is not there. */
export function partIndex({ type }: ColumnShape, value: JsonValue, part: JsonValue): number {
  switch (type.kind) {
    case 'list':
      return Array.isArray(value) && Number(part) < value.length ? Number(part) : -1;
    case 'set': {
      const wanted = valueText(type.of, part);
      return Array.isArray(value) ? value.findIndex((one) => valueText(type.of, one) === wanted) : -1;
    }
    case 'map': {
      const wanted = valueText(type.key, part);
      if (value === null) return -1;
      return mapPairs(value, type).findIndex(([key]) => valueText(type.key, key) === wanted);
    }
    case 'udt':
      return type.fields.findIndex(({ name }) => name === part);
    default:
      return -1;
  }
}

/** When the parts of a cell, or the cell, expire: what an undo says. */
export function expiryOf(column: ColumnShape, cell: CellRead, at: string): ExpiresAt {
  const moment = (ttlSeconds: number | null) =>
    ttlSeconds === null ? null : new Date(Date.parse(at) + ttlSeconds * 1_000).toISOString();
  return isInParts(column) ? (cell.parts ?? []).map(({ ttlSeconds }) => moment(ttlSeconds)) : moment(cell.ttlSeconds);
}
