import type { JsonValue } from '@/lib/contract/json';
import {
  type MutationOptions,
  type MutationPlan,
  mutationOptionsSchema,
  type RowChange,
  type RowRead,
  type StatementOutcome,
} from '@/lib/contract/mutations';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { planChanges } from '@/lib/edit/plan';
import type { PlanTable } from '@/lib/edit/table';
import { FIRST, type ReviewState } from './review-state';

/** Reviews as data: plans are made by the same code as the server's, so that their statements are real ones. */

const NOW_MS = Date.UTC(2026, 10, 29, 12);
export const PLACE = { cluster: 'demo', keyspace: 'flights', table: 'by_origin_day' };

const column = (name: string, type: string, kind: 'partition_key' | 'clustering' | 'regular', position = -1) => ({
  ...{ name, type, kind, position, clusteringOrder: kind === 'clustering' ? ('asc' as const) : ('none' as const) },
});

function tableOf(name: string, regular: readonly (readonly [string, string])[]): PlanTable {
  const columns = [
    column('origin', 'text', 'partition_key', 0),
    column('departs', 'int', 'clustering', 0),
    ...regular.map(([one, type]) => column(one, type, 'regular')),
  ];
  const keyspace = {
    ...{
      name: PLACE.keyspace,
      system: false,
      virtual: false,
      durableWrites: true,
      replication: {},
      functions: [],
      types: [],
    },
    tables: [{ ...{ name, id: null, kind: 'table' as const, baseTable: null, comment: '', indexes: [] }, columns }],
  };
  const shape = schemaLookup([keyspace]).table(PLACE.keyspace, name);
  if (shape === undefined) throw new Error(`there is no table ${name}`);
  return { keyspace: PLACE.keyspace, table: name, shape, defaultTtlSeconds: 0 };
}

export const TABLE = tableOf('by_origin_day', [
  ['delay', 'int'],
  ['dest', 'text'],
  ['tags', 'set<text>'],
]);
export const COUNTERS = tableOf('by_origin_day', [['seen', 'counter']]);

/** A row as it was read, each cell with this TTL. */
export function rowOf(values: Readonly<Record<string, JsonValue>>, ttlSeconds: number | null = null): RowRead {
  const cells = ['delay', 'dest', 'tags'].map((name) => {
    const value = values[name] ?? null;
    const parts = Array.isArray(value) ? value.map(() => ({ writeTimeMicros: '5', ttlSeconds })) : [];
    return [name, { value, writeTimeMicros: '5', ttlSeconds, parts }];
  });
  return { at: new Date(NOW_MS).toISOString(), cells: Object.fromEntries(cells) };
}

export const READ = { delay: -4, dest: 'PDX', tags: ['early'] };

type Update = Extract<RowChange, { readonly kind: 'update' }>;

export const edit = (origin: string, delay: number | null, departs = 610): Update => ({
  ...{ kind: 'update', key: { origin, departs }, seen: READ },
  edits: { delay: { set: delay } },
});

/** The plan of changes and the rows that they change, as the server makes it. */
export function planOf(
  changes: readonly (readonly [RowChange, RowRead | null, target?: RowRead])[],
  options: Partial<MutationOptions> = {},
  more: Partial<MutationPlan> = {},
  table: PlanTable = TABLE,
): MutationPlan {
  const whole = mutationOptionsSchema.parse(options);
  const made = planChanges(
    table,
    changes.map(([change, row, target = null]) => ({ change, row, target })),
    { options: whole, nowMs: NOW_MS, nowMicros: 1_796_000_000_000_000n },
  );
  return {
    token: made.statements.length === 0 ? null : 'token',
    ...{ expiresAt: new Date(NOW_MS + 300_000).toISOString(), confirmName: null, consistency: whole.consistency },
    serialConsistency: made.statements.some(({ isConditional }) => isConditional) ? whole.serialConsistency : null,
    changes: changes.map(([change]) => change),
    statements: made.statements.map(({ mayResend: _mayResend, partition: _partition, ...one }) => ({
      ...one,
      ...{ changes: [...one.changes], notes: [...one.notes] },
    })),
    ...{ notes: [...made.notes], refusals: [...made.refusals], rows: changes.map(([, row]) => row) },
    defaultTtlSeconds: table.defaultTtlSeconds,
    ...more,
  };
}

export const outcome = (statement: number, of: Partial<StatementOutcome>): StatementOutcome => ({
  ...{ statement, outcome: 'applied', message: 'Applied.', elapsedMs: 8, mayResend: false },
  ...of,
});

export function stateOf(plan: MutationPlan | null, more: Partial<ReviewState> = {}): ReviewState {
  return { ...FIRST, phase: 'ready', plan, ...more };
}

export const ranWith = (plan: MutationPlan, outcomes: readonly StatementOutcome[], more: Partial<ReviewState> = {}) =>
  stateOf(plan, {
    ...{ phase: 'ran', outcomes: new Map(outcomes.map((one) => [one.statement, one])) },
    ...{ end: { elapsedMs: 42, undo: [edit('SEA', -4)], notUndone: [] } },
    ...more,
  });
