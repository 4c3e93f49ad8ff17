import type { Locator, Page, Request } from 'playwright/test';
import { ResultGrid } from './grid';

/** The editor with its surroundings. */
export class QueryPage {
  readonly editor: Locator;
  readonly run: Locator;
  readonly result: ResultGrid;

  constructor(readonly page: Page) {
    this.editor = page.getByRole('textbox', { name: 'CQL statement' });
    this.run = page.getByRole('button', { name: /^Run/ });
    this.result = new ResultGrid(page);
  }

  async open(cluster = 'demo'): Promise<void> {
    await this.page.goto(`/${cluster}/query`);
    await this.editor.click();
  }

  /** Puts text into the editor at once, like pasting: without completion or automatic closing. */
  async write(text: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  async runAtCursor(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
  }

  /** Runs everything in the editor. */
  async runAll(): Promise<void> {
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+Enter');
  }

  /** What is underlined as wrong. */
  underlined(): Locator {
    return this.editor.locator('.cm-lintRange-error');
  }
}

/** Whether a request asks Ringside to run a statement. */
export function runsStatement(request: Request): boolean {
  return request.method() === 'POST' && new URL(request.url()).pathname.endsWith('/query');
}
