import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import type { OfferedItem } from '@/lib/values/cell-menu';

/** The cell whose menu is open. */
export interface MenuCell {
  readonly columns: readonly ResultColumn[];
  readonly values: Row;
  /** Which of the result's columns. */
  readonly source: number;
}

/** An item of the menu by whoever shows the rows. */
export interface CellOffer extends OfferedItem {
  readonly run: () => void;
}

/** What whoever shows the rows adds to a cell's menu; its code may be loaded for it. */
export type CellOffers = (cell: MenuCell) => Promise<readonly CellOffer[]>;
