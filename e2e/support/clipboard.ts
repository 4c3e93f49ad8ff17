import type { Page } from 'playwright/test';

/** What pasting would give now. */
export function clipboardText(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** So that what is read next was copied after this. */
export async function clearClipboard(page: Page): Promise<void> {
  await page.evaluate(() => navigator.clipboard.writeText('(nothing copied)'));
}
