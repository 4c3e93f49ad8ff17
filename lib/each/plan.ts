import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { type BindMarker, bindMarkers, encodeValue, unsetValue } from '@/lib/cassandra/client/prepared';
import { checkedUnset, planQuery } from '@/lib/cassandra/read/query-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { EACH_PAGE_ROWS } from '@/lib/contract/limits';
import type { EachMarker, eachRequestSchema } from '@/lib/contract/parameters';
import type { StatementKind } from '@/lib/contract/statements';
import { Failure, invalidRequest } from '@/lib/failure';
import { plural } from '@/lib/text/format';
import { parseTypedText } from '@/lib/wire/typed-text';

type EachInput = z.output<typeof eachRequestSchema>;

const KINDS: ReadonlySet<StatementKind> = new Set<StatementKind>(['select', 'insert', 'update', 'delete', 'batch']);

type Value = Buffer | null;

/** Everything that decides a run for each row, worked out before any row is sent. */
export interface EachPlan {
  readonly plan: ReadPlan;
  readonly rows: EachInput['rows'];
  /** Null: adapts. */
  readonly concurrency: number | null;
  readonly stopOnFailure: boolean;
  /** The encoded values of one row. @throws Failure `invalid_request` naming the marker at fault */
  readonly encode: (row: readonly (string | null)[]) => Value[];
}

/**
 * Checks a statement like one that runs once, and prepares it.
 * @throws Failure `read_only`, `confirmation_required`, `invalid_request`
 */
export async function planEach(cluster: Cluster, request: EachInput): Promise<EachPlan> {
  const { id: _id, markers, rows, empty = 'null', concurrency = null, stopOnFailure = false, ...asked } = request;
  const { confirm, ...run } = asked;
  const confirmed = confirm === undefined ? {} : { confirm: { statement: confirm.statement } };
  const plan = await planQuery(cluster, { ...run, ...confirmed, pageRows: EACH_PAGE_ROWS });
  const { kind, verb, isWrite } = plan.classification;
  if (!KINDS.has(kind))
    throw invalidRequest(`${verb} cannot run for each row of a list.`, 'SELECT, INSERT, UPDATE, DELETE and BATCH can.');
  if (isWrite && confirm?.rows !== rows.length) throw unconfirmed(rows.length);
  const declared = await bindMarkers(await cluster.client(plan.keyspace), plan.statement);
  if (declared.length !== markers.length) {
    throw invalidRequest(
      `The statement has ${plural(declared.length, 'bind marker')}, and the request says where ${markers.length} get their values from.`,
    );
  }
  if (!markers.some((marker) => 'column' in marker)) {
    throw invalidRequest('No bind marker takes a value from the list, so every row would run the same statement.');
  }
  const usesUnset = empty === 'unset' || markers.some((marker) => 'unset' in marker);
  checkedUnset(usesUnset ? [0] : [], plan.classification);
  const feeds = declared.map((marker, at) => feedOf(marker, markers[at], empty));
  return { plan, rows, concurrency, stopOnFailure, encode: (row) => feeds.map((feed) => feed(row)) };
}

function unconfirmed(rows: number): Failure {
  const message = `Nothing was run: confirm the exact statement and that it runs for ${plural(rows, 'row')} first.`;
  return new Failure({ code: 'confirmation_required', message, retryable: false });
}

type Feed = (row: readonly (string | null)[]) => Value;

function feedOf(marker: BindMarker, from: EachMarker | undefined, empty: NonNullable<EachInput['empty']>): Feed {
  if (from === undefined) throw invalidRequest(`Nothing says where ${marker.name} gets its value from.`);
  if ('unset' in from) return constant(unsetValue(marker));
  if ('value' in from) return constant(encodeValue(marker.name, from.value, marker.type));
  return (row) => {
    const cell = row[from.column];
    if (cell === undefined) {
      throw invalidRequest(
        `${marker.name}: the row has ${plural(row.length, 'cell')}, so column ${from.column + 1} is missing.`,
      );
    }
    if (cell === null || (cell === '' && empty === 'null')) return null;
    return cell === '' && empty === 'unset' ? unsetValue(marker) : encodeCell(marker, cell);
  };
}

function constant(value: Value): Feed {
  return () => value;
}

function encodeCell({ name, type }: BindMarker, cell: string): Value {
  const typed = parseTypedText(cell, type);
  if ('problem' in typed) throw invalidRequest(`${name}: ${typed.problem}`);
  return encodeValue(name, typed.value, type);
}
