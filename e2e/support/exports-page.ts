import type { Locator, Page } from 'playwright/test';
import { expect } from '../fixtures/test';

/** The form that starts exports, and the lines of running and past ones. */
export class ExportsPage {
  constructor(readonly page: Page) {}

  /** Fills the form with a table of the demo. */
  async open(keyspace: string, table: string): Promise<void> {
    await this.page.goto(`/demo/exports?keyspace=${keyspace}&table=${table}`);
    await expect(this.page.getByText('whole ring', { exact: true })).toBeVisible();
  }

  /** Slow enough that even a fast server is not done before the test looks. */
  async limit(rowsPerSecond: number): Promise<void> {
    await this.page.getByText('Pace:').click();
    await this.page.getByRole('spinbutton', { name: 'Rows per second' }).fill(String(rowsPerSecond));
    await expect(this.page.getByText(`Pace: at most ${rowsPerSecond.toLocaleString('en-US')} rows/s`)).toBeVisible();
  }

  /** The newest download, file or job of this title. */
  line(kind: 'Export' | 'File' | 'Job', title: string): Locator {
    return this.page.getByRole('article', { name: `${kind} of ${title}` }).first();
  }

  /** Opens the details of a line: what it writes, hash, parts, ring and statement. */
  async unfold(line: Locator): Promise<void> {
    await line.getByRole('button', { name: /^Details of/, expanded: false }).click();
  }
}

/** The progress shown on a running line. */
export const PROGRESS = /of ring · [1-9][\d,]* rows · .*B/;
