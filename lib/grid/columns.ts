/** Widths of columns in CSS pixels. They are fixed from the header alone, before any row: nothing moves when rows come. */

export const MIN_COLUMN_PX = 56;
export const MAX_COLUMN_PX = 1_200;

/** Advance of one character of the data font at its 12 px, and of what stands left and right of it in a cell. */
const CHARACTER_PX = 7.3;
const PADDING_PX = 20;
const WIDEST_FIRST_PX = 360;

/** A first width for a column whose values are about `characters` long; `headerCharacters` must fit too. */
export function columnWidthFor(characters: number, headerCharacters: number): number {
  const text = Math.max(characters, headerCharacters);
  return Math.round(Math.min(Math.max(text * CHARACTER_PX + PADDING_PX, MIN_COLUMN_PX), WIDEST_FIRST_PX));
}

/** The width that a column gets for the one that somebody asked for. */
export function clampColumnWidth(widthPx: number): number {
  return Math.round(Math.min(Math.max(widthPx, MIN_COLUMN_PX), MAX_COLUMN_PX));
}
