import { clampBase, homeOf, leapTo, type ScrollScale, scrollScale } from '@/lib/grid/scroll';
import { ROW_PX } from './types';

/** A scroll further than this in one event is a leap of the scrollbar, not a wheel or a finger. */
const LEAP_PX = 4_000;

/** Follows one element's scrolling and knows which row its row slots begin with (see lib/grid/scroll). */
export class RowScroller {
  private element: { scrollTop: number } | null = null;
  private scale: ScrollScale = scrollScale(0);
  private top = 0;
  private base = 0;

  /** The row that slot 0 stands for now. */
  get firstRow(): number {
    return clampBase(this.scale, this.base);
  }

  attach(element: { scrollTop: number } | null): void {
    this.element = element;
  }

  setRows(rows: number): void {
    this.scale = scrollScale(rows);
  }

  /** The element has scrolled to `top`. When it came to rest, small scrolls that add up are taken back invisibly. */
  follow(top: number, scrolling: boolean): void {
    if (Math.abs(top - this.top) > LEAP_PX) this.base = leapTo(this.scale, top / ROW_PX).base;
    this.top = top;
    if (!scrolling) this.goHome();
  }

  /** There are `rows` rows now and nobody scrolls. */
  settle(rows: number): void {
    this.setRows(rows);
    this.goHome();
  }

  /** Puts the scrollbar where the shown rows belong; the rows do not move. */
  private goHome(): void {
    if (this.scale.rows === this.scale.slots) return;
    this.place(Math.floor(this.top / ROW_PX) + this.firstRow, this.top % ROW_PX);
  }

  /** Scrolls as little as needed to have `row` wholly in a view of `viewPx`. */
  reveal(row: number, viewPx: number): void {
    const rowTop = (row - this.firstRow) * ROW_PX;
    if (rowTop >= this.top && rowTop + ROW_PX <= this.top + viewPx) return;
    const above = rowTop < this.top;
    const target = above ? rowTop : rowTop + ROW_PX - viewPx;
    this.place(Math.floor(target / ROW_PX) + this.firstRow, above ? 0 : mod(target, ROW_PX));
  }

  private place(row: number, restPx: number): void {
    const { slot, base } = homeOf(this.scale, row);
    this.base = base;
    const top = row < 0 ? 0 : slot * ROW_PX + restPx;
    // Known before the event comes, so that it is not taken for a leap.
    this.top = top;
    if (this.element !== null && Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
  }
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
