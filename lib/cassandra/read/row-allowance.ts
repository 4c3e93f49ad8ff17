import 'server-only';
import { Failure } from '@/lib/failure';
import { rowsReached } from '@/lib/rights/limit-texts';
import type { Limit } from '@/lib/rights/limits';
import type { Answer } from '../client/answer';

/** How many more rows a read may give. */
export class RowAllowance {
  readonly #limit: Limit | undefined;
  #given: number;

  /** @param limit undefined: any number */
  constructor(limit: Limit | undefined, given = 0) {
    this.#limit = limit;
    this.#given = given;
  }

  /**
   * The most rows to ask for next. After the last that it may give it asks for one more: only then is it known whether the
   * result ends there.
   */
  get mostRows(): number {
    return this.#limit === undefined ? Number.POSITIVE_INFINITY : Math.max(1, this.#limit.most - this.#given);
  }

  /**
   * An answer without the rows that it may not give.
   * @param before paging state that the answer was asked for with: where to go on if it gives nothing
   * @returns with a failure that says so, if there are any
   */
  take<A extends Answer>(page: A, before: Buffer | null): { readonly page: A; readonly limit: Failure | null } {
    const left = (this.#limit?.most ?? Number.POSITIVE_INFINITY) - this.#given;
    const rows = Math.max(0, Math.min(page.rows, left));
    this.#given += rows;
    if (this.#limit === undefined || rows === page.rows) return { page, limit: null };
    // The rest of a page has no place where another read could go on.
    const pagingState = rows === 0 ? before : null;
    return { page: { ...page, rows, pagingState }, limit: new Failure(rowsReached(this.#limit, this.#given)) };
  }
}
