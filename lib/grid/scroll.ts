/**
 * Scrolling through more rows than a browser can make an element high (Chromium ends at 33,554,428 px, Firefox at
 * 17,895,697). The canvas has at most MAX_SLOTS row slots. A slot shows row `slot + base`: within a stretch of small
 * scrolls `base` stays, so that rows move as natively as in a short table; a leap of the scrollbar picks another.
 */

/** 250,000 slots of 28 px are 7,000,000 px: under every browser's cap, at any zoom up to 200 %. */
export const MAX_SLOTS = 250_000;

/** Slots at either end that stand for their rows one to one, so that the first and last rows are reached exactly. */
const END_SHARE = 0.1;

export interface ScrollScale {
  readonly rows: number;
  /** Row slots of the canvas. */
  readonly slots: number;
}

/** The slot at the top of the view, and what to add to a slot to have its row. */
export interface ScrollPosition {
  readonly slot: number;
  readonly base: number;
}

export function scrollScale(rows: number, maxSlots: number = MAX_SLOTS): ScrollScale {
  return { rows, slots: Math.min(rows, maxSlots) };
}

/** The row for which a slot stands when the scrollbar leaps to it. Monotonic; reaches first and last row. */
export function rowOfSlot({ rows, slots }: ScrollScale, slot: number): number {
  if (rows <= slots) return slot;
  const end = Math.floor(slots * END_SHARE);
  if (slot < end) return slot;
  if (slot >= slots - end) return rows - (slots - slot);
  return end + Math.floor(((slot - end) * (rows - 2 * end)) / (slots - 2 * end));
}

/** The slot at which a row is at home: where the scrollbar should stand when the row is at the top. */
export function slotOfRow({ rows, slots }: ScrollScale, row: number): number {
  if (rows <= slots) return row;
  const end = Math.floor(slots * END_SHARE);
  if (row < end) return row;
  if (row >= rows - end) return slots - (rows - row);
  return end + Math.floor(((row - end) * (slots - 2 * end)) / (rows - 2 * end));
}

/** Where a leap of the scrollbar to `slot` lands. */
export function leapTo(scale: ScrollScale, slot: number): ScrollPosition {
  const inside = clamp(Math.floor(slot), 0, Math.max(0, scale.slots - 1));
  return { slot: inside, base: rowOfSlot(scale, inside) - inside };
}

/** The place that shows `row` at the top with the scrollbar where it belongs: what small scrolls have shifted is undone. */
export function homeOf(scale: ScrollScale, row: number): ScrollPosition {
  const inside = clamp(Math.floor(row), 0, Math.max(0, scale.rows - 1));
  const slot = slotOfRow(scale, inside);
  return { slot, base: inside - slot };
}

/** Holds `base` inside what the scale allows: every slot then shows a row that exists. */
export function clampBase({ rows, slots }: ScrollScale, base: number): number {
  return clamp(base, 0, rows - slots);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
