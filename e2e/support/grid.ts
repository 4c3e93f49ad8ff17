import { expect, type Locator, type Page } from 'playwright/test';

/** The grid of rows, and the line below it that shows what has been read. Rows and columns count from 1. */
export class ResultGrid {
  readonly root: Locator;
  readonly bar: Locator;

  /** @param name of the grid, where there is more than one */
  constructor(
    private readonly page: Page,
    name?: RegExp,
  ) {
    this.root = page.getByRole('grid', name === undefined ? {} : { name });
    this.bar = page.getByRole('region', { name: 'Reading' });
  }

  /** The state of the read: the last word of the bar. */
  lastWord(text: string | RegExp): Locator {
    return this.bar.getByRole('status').filter({ hasText: text });
  }

  /**
   * The part of a row that stays in view when scrolling sideways; a row has both parts in the page or none.
   */
  row(number: number): Locator {
    return this.parts(number).first();
  }

  cell(row: number, column: number): Locator {
    return this.parts(row).locator(`[role=gridcell][aria-colindex="${column}"]`);
  }

  cells(row: number): Locator {
    return this.parts(row).getByRole('gridcell');
  }

  private parts(row: number): Locator {
    return this.root.locator(`[data-row="${row - 1}"]`);
  }

  header(name: string): Locator {
    return this.root.getByRole('columnheader').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** What opens a column's menu. */
  menuOf(name: string): Locator {
    return this.header(name).getByRole('button', { name: /^Menu of / });
  }

  /** The number of rows in the page. */
  drawnRows(): Promise<number> {
    return this.root.locator('[data-gutter]').count();
  }

  async lastDrawnRow(): Promise<number> {
    return Number(await this.root.getByRole('row').last().getAttribute('aria-rowindex')) - 1;
  }

  /** Like dragging the scrollbar's thumb. */
  async scrollTo(end: 'top' | 'bottom'): Promise<void> {
    await this.root.evaluate((element, to) => element.scrollTo({ top: to === 'top' ? 0 : element.scrollHeight }), end);
  }

  /** Reads to the end. */
  async readOn(): Promise<void> {
    await this.bar.getByRole('button', { name: 'Read on' }).click();
    await expect(this.lastWord('Complete')).toBeVisible({ timeout: 150_000 });
  }

  /** The selected cells; one unless a range was chosen. */
  selected(): Locator {
    return this.root.locator('[role=gridcell][aria-selected=true]');
  }
}
