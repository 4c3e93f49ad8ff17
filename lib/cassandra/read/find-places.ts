import 'server-only';
import type { Client } from 'cassandra-driver';
import type { TableName } from '@/lib/contract/common';
import type { Table } from '@/lib/contract/schema';
import type { Found } from '@/lib/contract/tables';
import { isNodeLocalKeyspace } from '@/lib/cql/scans';
import { Place, shareOf, spreadOrder } from '@/lib/health/hurt/sampled';
import { evenRanges } from '@/lib/ring/ranges';
import { Failure, invalidRequest } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { encodeValue } from '../client/prepared';
import { readSystem } from '../client/system-reads';
import { readTable } from '../schema/schema';
import { PageSizer } from './page-sizer';
import { type PagePart, readPages } from './pages';

/** Ranges read at the same time: a search must not be noticeable on the cluster. */
const AT_ONCE = 2;
const TIMEOUT_MS = 5_000;
/** A page of keys is no larger, so that a search stops within one. */
const MOST_PAGE_ROWS = 5_000;
/** Whole rows are read for their size; beyond this no more of them say more. */
const ENOUGH_BYTES = 4 * 1024 * 1024;

/** A table to search. */
export interface FindTable {
  readonly name: TableName;
  readonly table: Table;
  readonly defaultTtlSeconds: number;
}

/** @throws Failure `not_found`; `invalid_request` for a table that is not on the ring */
export async function findTable(cluster: Cluster, name: TableName): Promise<FindTable> {
  const { table } = await readTable(cluster, name.keyspace, name.table);
  if (table === undefined || table.kind === 'virtual') throw notFound(name);
  if (isNodeLocalKeyspace(name.keyspace)) {
    throw invalidRequest(`Each node keeps ${name.keyspace}.${name.table} for itself: it has no places on the ring.`);
  }
  const [row] = await readSystem(
    await cluster.client(),
    'SELECT default_time_to_live FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?',
    [name.keyspace, name.table],
  );
  return { name, table, defaultTtlSeconds: Number(row?.get('default_time_to_live') ?? 0) };
}

function notFound({ keyspace, table }: TableName): Failure {
  return new Failure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} that can be searched.`,
    hint: 'Virtual tables are not on the ring; any other table may have been dropped or renamed.',
    retryable: false,
  });
}

/** What a search may use. */
export interface FindBudget {
  readonly seconds: number;
  readonly rows: number;
  readonly places: number;
}

/** A request for rows within the budget. */
interface BudgetedPage {
  readonly statement: string;
  readonly params: readonly (Buffer | null)[];
  readonly rows: number;
  readonly pagingState?: Buffer | null;
  readonly sizer?: PageSizer;
  /** One request, traced: a page in several would be traced in parts. */
  readonly isTraced?: boolean;
}

/** Reads for one search: it requests no more rows than the budget has, and nothing once the time is up. */
export class BudgetedRead {
  readonly signal: AbortSignal;
  readonly #timeUp: AbortSignal;
  readonly #startedMs = performance.now();
  readonly #sizer = new PageSizer(MOST_PAGE_ROWS, TIMEOUT_MS);
  readonly #states = new Map<Place, Buffer>();
  readonly #begun = new Set<Place>();
  readonly #failures: string[] = [];
  #places: readonly Place[] = [];
  #rowsLeft: number;
  #reserved = 0;
  #rows = 0;
  #pages = 0;

  constructor(
    readonly cluster: Cluster,
    readonly client: Client,
    readonly budget: FindBudget,
    private readonly asked: AbortSignal,
  ) {
    this.#timeUp = AbortSignal.timeout(budget.seconds * 1_000);
    this.signal = AbortSignal.any([asked, this.#timeUp]);
    this.#rowsLeft = budget.rows;
  }

  /** Keeps rows for later. */
  reserve(rows: number): void {
    this.#reserved = Math.min(rows, this.#rowsLeft);
    this.#rowsLeft -= this.#reserved;
  }

  release(): void {
    this.#rowsLeft += this.#reserved;
    this.#reserved = 0;
  }

  get mayReadOn(): boolean {
    return this.#rowsLeft > 0 && !this.#timeUp.aborted;
  }

  /** Places evenly spread over the ring. @param mostRows the statement's limit for a partition */
  places(mostRows: number): readonly Place[] {
    const ranges = evenRanges(this.budget.places);
    this.#places = spreadOrder(ranges.length).flatMap((at) => {
      const range = ranges[at];
      return range === undefined ? [] : [new Place(range, mostRows)];
    });
    return this.#places;
  }

  /**
   * Reads at most `rows` rows, of as many as the budget has left.
   * @returns where the result goes on; null: it is read to its end; undefined: the budget is used up
   * @throws Failure; the signal's reason
   */
  async page(asked: BudgetedPage, onPart: (part: PagePart) => boolean): Promise<Buffer | null | undefined> {
    const rows = Math.min(asked.rows, this.#rowsLeft, MOST_PAGE_ROWS);
    if (rows < 1) return undefined;
    this.#rowsLeft -= rows;
    let read = 0;
    let next: Buffer | null | undefined;
    try {
      const { statement, params, pagingState = null, sizer, isTraced = false } = asked;
      const fixedRows = isTraced ? rows : undefined;
      const request = {
        statement,
        params,
        pagingState,
        pageRows: rows,
        maxPages: 1,
        sizer,
        fixedRows,
        trace: isTraced,
      };
      const shared = { consistency: 'LOCAL_ONE' as const, timeoutMs: TIMEOUT_MS, signal: this.signal };
      const reader = this.cluster.reads.reader();
      for await (const part of readPages(this.client, { ...request, ...shared, reader })) {
        this.#pages += 1;
        read += part.rows;
        next = part.pagingState;
        if (!onPart(part)) break;
      }
    } catch (error) {
      this.asked.throwIfAborted();
      if (!this.#timeUp.aborted) throw error;
      next = undefined;
    } finally {
      this.#rows += read;
      this.#rowsLeft += Math.max(0, rows - read);
    }
    return next;
  }

  begin(place: Place): void {
    this.#begun.add(place);
  }

  /** Reads on in a place. One that fails counts as read as far as it was. */
  async place(place: Place, statement: string, rows: number, onPart: (part: PagePart) => void): Promise<void> {
    this.begin(place);
    const { from, to } = place.range;
    const params = [from, to].map((token) => encodeValue('token', String(token), { kind: 'native', name: 'bigint' }));
    const pagingState = this.#states.get(place) ?? null;
    try {
      const next = await this.page({ statement, params, rows, pagingState, sizer: this.#sizer }, (part) => {
        onPart(part);
        return true;
      });
      if (next) this.#states.set(place, next);
      place.isOver = next === null;
    } catch (error) {
      this.failed(error);
      place.isGivenUp = true;
    }
  }

  /** @throws the signal's reason where it is aborted */
  failed(error: unknown): void {
    this.asked.throwIfAborted();
    if (this.#timeUp.aborted) return;
    this.#failures.push(toFailure(error).message);
  }

  /** How many rows one of `open` places may read now. */
  shareOf(open: number): number {
    return Math.max(1, Math.floor(this.#rowsLeft / Math.max(1, open)));
  }

  /** Rows of one partition, and the bytes of their responses; null: they could not be read, or the budget is used up. */
  async partition(
    statement: string,
    params: readonly (Buffer | null)[],
    most = Number.POSITIVE_INFINITY,
  ): Promise<{ readonly rows: number; readonly bytes: number; readonly isWhole: boolean } | null> {
    let [rows, bytes] = [0, 0];
    let next: Buffer | null | undefined = null;
    try {
      do {
        if (!this.mayReadOn) return rows === 0 ? null : { rows, bytes, isWhole: false };
        const asked = { statement, params, rows: most - rows, pagingState: next };
        next = await this.page(asked, (part) => {
          rows += part.rows;
          bytes += part.frameBytes;
          return most === Number.POSITIVE_INFINITY || bytes < ENOUGH_BYTES;
        });
      } while (next && rows < most && (most === Number.POSITIVE_INFINITY || bytes < ENOUGH_BYTES));
    } catch (error) {
      this.failed(error);
      return null;
    }
    return { rows, bytes, isWhole: next === null };
  }

  spent(partitions: number): Pick<Found, 'spent' | 'budget'> {
    return {
      budget: { ...this.budget },
      spent: {
        rows: this.#rows,
        pages: this.#pages,
        elapsedMs: performance.now() - this.#startedMs,
        begun: this.#begun.size,
        places: this.#places.length,
        failures: [...new Set(this.#failures)],
        share: shareOf(this.#places),
        partitions,
      },
    };
  }

  /** How it ended, once nothing more is read. */
  get ended(): Found['ended'] {
    if (this.#places.every(({ isEnded }) => isEnded)) return 'whole';
    return this.#timeUp.aborted ? 'seconds' : this.#failures.length > 0 && this.#rowsLeft > 0 ? 'failures' : 'rows';
  }
}

/** @throws Failure `cluster_unreachable` */
export async function budgetedRead(cluster: Cluster, budget: FindBudget, signal: AbortSignal): Promise<BudgetedRead> {
  return new BudgetedRead(cluster, await cluster.client(), budget, signal);
}

/**
 * Reads places a few at a time, each a fair share of what is left, until all are read to their end or the budget is used up.
 * Yields after each step.
 */
export async function* inTurns(
  read: BudgetedRead,
  places: readonly Place[],
  statement: string,
  onPart: (place: Place, part: PagePart) => void,
  onEnd: (place: Place) => void,
): AsyncGenerator<void, void, undefined> {
  let open = [...places];
  while (open.length > 0 && read.mayReadOn) {
    const some = open.slice(0, AT_ONCE);
    const rows = read.shareOf(open.length);
    await Promise.all(some.map((place) => read.place(place, statement, rows, (part) => onPart(place, part))));
    for (const place of some) if (place.isOver) onEnd(place);
    const unread = some.filter(({ isOver, isGivenUp }) => !isOver && !isGivenUp);
    open = [...open.slice(AT_ONCE), ...unread];
    yield;
  }
}
