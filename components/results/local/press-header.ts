import type { GridColumn } from '@/components/grid/types';
import { sortProblem } from '@/lib/local/arrange';
import { type LocalView, turnedBy } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { estimatedRows } from '@/lib/reader/read-state';
import type { ResultState } from '@/lib/reader/result-state';
import type { RowOrder } from '@/lib/reader/source';
import { WHOLE_LIMITS } from '@/lib/reader/whole';
import { type WholeRefusal, wholenessOf } from '@/lib/reader/wholeness';

/** The result whose header is pressed. */
export interface PressedResult {
  readonly state: ResultState;
  readonly repeatable: boolean;
  /** How its rows are ordered, where reading can start at a place among them. */
  readonly order: RowOrder | undefined;
}

interface Facts extends PressedResult {
  readonly view: LocalView;
  readonly columns: readonly LocalColumn[];
  readonly canReverse: boolean;
}

/** What a press of a header does. */
export type HeaderPress =
  | { readonly do: 'sort'; readonly view: LocalView }
  /** Cassandra can return the rows the other way round. */
  | { readonly do: 'reverse' }
  /** Nothing can be sorted by it: say why. */
  | { readonly do: 'explain' };

/**
 * What a press of a header does. Rows that are all in memory are sorted here, and so are those that can be read whole.
 * Rows of one partition that are not in memory yet are reversed by Cassandra where that is what the column asks for: it
 * reads nothing more.
 */
export function pressHeader({ key, name }: Pick<GridColumn, 'key' | 'name'>, adds: boolean, facts: Facts): HeaderPress {
  const { view, columns, state, repeatable, order, canReverse } = facts;
  if (sortProblem([{ column: key, descending: false }], columns) !== null) return { do: 'explain' };
  const isWhole = wholenessOf(state, repeatable).kind === 'whole';
  const isOrder = order?.by === 'value' && order.column === name && view.sort.length === 0;
  if (!isWhole && isOrder && canReverse && !adds) return { do: 'reverse' };
  const isRefused = refusalOf(state, repeatable) !== null;
  return isRefused ? { do: 'explain' } : { do: 'sort', view: turnedBy(view, key, adds) };
}

/**
 * Why a press does not sort; null where it does. One press never reads rows that are likely too many: that needs to be
 * chosen from the header's menu.
 */
export function refusalOf(state: ResultState, repeatable: boolean): WholeRefusal | null {
  const wholeness = wholenessOf(state, repeatable);
  if (wholeness.kind === 'refused') return wholeness.why;
  const isLikelyTooMany = wholeness.kind === 'readable' && (estimatedRows(state.reading) ?? 0) > WHOLE_LIMITS.rows;
  return isLikelyTooMany ? 'too_many_rows' : null;
}
