import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { openStatement } from '@/lib/cassandra/open-statement';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { findTable, readSchema } from '@/lib/cassandra/schema/schema';
import type { TableName } from '@/lib/contract/common';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import type { RowEnd } from '@/lib/writing/rows';

/** Perhaps one row is refused, perhaps the target is another now, or gone. */
const SUSPICIOUS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_statement',
  'not_found',
  'not_prepared',
  'server_error',
]);
const LOOK_EVERY_MS = 1_000;

/**
 * The table that is copied into, as it is now and without what is masked; null if it is not there.
 * @throws Failure `read_only`; `not_found` for its keyspace; `invalid_request` for a view; `forbidden` for a masked key column
 */
export async function findTarget(
  cluster: Cluster,
  name: TableName,
  rights: PersonRights | null = null,
): Promise<ChangedTable | null> {
  checkWritable(cluster);
  const client = await cluster.client();
  const schema = await readSchema(cluster);
  if (findTable(schema, name.keyspace, name.table) !== undefined) return changedTable(cluster, client, name, rights);
  if (schema.keyspaces.some((keyspace) => keyspace.name === name.keyspace)) return null;
  throw new Failure({
    code: 'not_found',
    message: `There is no keyspace ${name.keyspace} in ${cluster.summary().label}.`,
    hint: 'Create it with the replication that this cluster needs, then copy into it.',
    retryable: false,
  });
}

/** Runs the statements that make the target, each once, exactly as they were shown. @throws Failure */
export async function createTarget(
  cluster: Cluster,
  statements: readonly string[],
  principal: Principal,
  signal: AbortSignal,
): Promise<void> {
  for (const statement of statements) {
    const read = { statement, pageRows: 1, maxPages: 1, confirm: { statement } };
    const run = await openStatement(await planQuery(cluster, read), principal, signal);
    for await (const _page of run.pages) signal.throwIfAborted();
  }
}

/**
 * Looks at the target when rows fail as they would if it had changed: otherwise a copy into a table that was dropped would
 * send every row of its source, to be refused.
 */
export class TargetWatch {
  readonly #cluster: Cluster;
  readonly #target: ChangedTable;
  readonly #rights: PersonRights | null;
  readonly #changed: (failure: Failure) => void;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /** @param changed called once the target is not as it was */
  constructor(
    cluster: Cluster,
    target: ChangedTable,
    rights: PersonRights | null,
    changed: (failure: Failure) => void,
  ) {
    this.#cluster = cluster;
    this.#target = target;
    this.#rights = rights;
    this.#changed = changed;
  }

  /** Rows have ended. */
  ended(ends: readonly RowEnd<unknown>[]): void {
    if (performance.now() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    if (!ends.some(({ reason }) => reason !== null && SUSPICIOUS.has(reason.code))) return;
    this.#lookedAtMs = performance.now();
    void this.#look();
  }

  /** A look that fails says nothing: the next row that fails has another. */
  async #look(): Promise<void> {
    const found = await findTarget(this.#cluster, this.#target, this.#rights).catch(() => undefined);
    if (found === undefined || found?.version === this.#target.version) return;
    this.#changed(changedTarget(this.#target, found === null));
  }
}

/** Nothing more is written into a target that is not the one that was reviewed. */
export function changedTarget(
  { keyspace, table }: { readonly keyspace: string; readonly table: string },
  isGone: boolean,
): Failure {
  return new Failure({
    code: 'schema_changed',
    message: `${keyspace}.${table} ${isGone ? 'is gone' : 'is not as it was'} since this copy was reviewed, so nothing more is written.`,
    hint: 'Review the copy again, and start another job.',
    retryable: false,
  });
}
