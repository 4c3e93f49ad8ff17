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

/** Advance of the widest of the data fonts that may stand in for the first, so that what is said to fit does. */
const WIDEST_CHARACTER_PX = 7.6;
const ONE_ADVANCE = /^[\x20-\x7e]*$/;

/** Whether `text` certainly needs no clipping in a cell of this width; only text whose advance is known can. */
export function surelyFits(text: string, widthPx: number): boolean {
  return text.length * WIDEST_CHARACTER_PX <= widthPx - PADDING_PX && ONE_ADVANCE.test(text);
}

/** The width that a column gets for a wanted one. */
export function clampColumnWidth(widthPx: number): number {
  return Math.round(Math.min(Math.max(widthPx, MIN_COLUMN_PX), MAX_COLUMN_PX));
}
