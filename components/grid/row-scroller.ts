import { clampBase, homeOf, leapTo, type ScrollScale, scrollScale } from '@/lib/grid/scroll';
import { type Landing, ROW_PX } from './types';

/** A scroll further than this in one event is a leap of the scrollbar, not a wheel or a finger. */
const LEAP_PX = 4_000;

/** Follows one element's scrolling and knows which row its row slots begin with (see lib/grid/scroll). */
export class RowScroller {
  private element: { scrollTop: number } | null = null;
  private scale: ScrollScale = scrollScale(0);
  private front = 0;
  private landed = 0;
  private top = 0;
  private base = 0;
  /** The element is not yet where `top` says. Asking it after every change would make the browser lay out too early. */
  private moved = false;
  private stride = 0;

  /** The row that slot 0 stands for now. */
  get firstRow(): number {
    return clampBase(this.scale, this.base);
  }

  /** Where the element is scrolled to, or will be when {@link apply} has been called. */
  get topPx(): number {
    return this.top;
  }

  /** The longest step of the scroll that is under way, in pixels; 0 at rest. */
  get stridePx(): number {
    return this.stride;
  }

  /** The first row that is seen wholly. */
  get topRow(): number {
    return Math.ceil(this.top / ROW_PX) + this.firstRow;
  }

  attach(element: { scrollTop: number } | null): void {
    this.element = element;
    this.moved = true;
    this.apply();
  }

  /** There are `rows` rows, `front` of which were put before the first of once: those in view stay where they are. */
  setRows(rows: number, front = 0): void {
    const added = front - this.front;
    const row = Math.floor(this.top / ROW_PX) + this.firstRow;
    const restPx = this.top % ROW_PX;
    this.scale = scrollScale(rows);
    this.front = front;
    if (added !== 0) this.place(row + added, restPx);
  }

  /** Shows the rows of a landing, once, in a view of `viewPx`. The next {@link apply} scrolls the element there. */
  land({ id, row, end }: Landing, viewPx: number): void {
    if (id === this.landed) return;
    this.landed = id;
    const topRow = end ? row + 1 - viewPx / ROW_PX : row;
    this.place(Math.max(0, Math.floor(topRow)), end ? mod(topRow * ROW_PX, ROW_PX) : 0);
  }

  /** The element has scrolled to `top`. When it came to rest, small scrolls that add up are taken back invisibly. */
  follow(top: number, scrolling: boolean): void {
    const step = Math.abs(top - this.top);
    if (step > LEAP_PX) this.base = leapTo(this.scale, top / ROW_PX).base;
    this.stride = scrolling ? Math.max(this.stride, step) : 0;
    this.top = top;
    if (!scrolling) this.goHome();
  }

  /** More rows move every row's home; while someone scrolls, that has to wait until here. The rows do not move. */
  goHome(): void {
    if (this.scale.rows === this.scale.slots) return;
    this.place(Math.floor(this.top / ROW_PX) + this.firstRow, this.top % ROW_PX);
    this.apply();
  }

  /** Scrolls as little as needed to have `row` wholly in a view of `viewPx`. */
  reveal(row: number, viewPx: number): void {
    const rowTop = (row - this.firstRow) * ROW_PX;
    if (rowTop >= this.top && rowTop + ROW_PX <= this.top + viewPx) return;
    const above = rowTop < this.top;
    const target = above ? rowTop : rowTop + ROW_PX - viewPx;
    this.place(Math.floor(target / ROW_PX) + this.firstRow, above ? 0 : mod(target, ROW_PX));
    this.apply();
  }

  /** Puts the element where the rows are. */
  apply(): void {
    if (!this.moved || this.element === null) return;
    this.moved = false;
    if (Math.abs(this.element.scrollTop - this.top) >= 1) this.element.scrollTop = this.top;
  }

  private place(row: number, restPx: number): void {
    const { slot, base } = homeOf(this.scale, row);
    this.base = base;
    // Known before the event comes, so that it is not taken for a leap.
    this.top = row < 0 ? 0 : slot * ROW_PX + restPx;
    this.moved = true;
  }
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
