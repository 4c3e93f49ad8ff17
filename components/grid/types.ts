import type { ReactNode } from 'react';

/** Height of a row and of the header with its two lines, in CSS pixels. */
export const ROW_PX = 28;
export const HEADER_PX = 44;

export interface GridColumn {
  /** Unique within the grid; two columns may have one name. */
  readonly key: string;
  readonly name: string;
  /** The small second line of the header. */
  readonly note: string;
  /** Marks beside the name. They carry their own words for screen readers. */
  readonly marks?: ReactNode;
  readonly align: 'start' | 'end';
  readonly widthPx: number;
}

/** The cells of a row; `undefined`: not in memory (yet), `null`: the row is gone. */
export type GridRow<Value> = readonly Value[] | null | undefined;

/** A place of the horizontal window: a column and where it lies. */
export interface ColumnPlace {
  readonly index: number;
  readonly startPx: number;
  readonly widthPx: number;
}
