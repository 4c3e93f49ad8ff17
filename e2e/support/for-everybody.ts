import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

/** axe measures the contrast of every text in view, four times. */
export const LOOKED_AT_MS = 360_000;

/** Holds the page as it is now to axe: light and dark, on a phone and on a desk. */
export async function expectForEverybody(page: Page): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page), `${colorScheme}, ${width} pixels`).toEqual([]);
    }
  }
}

/** The WCAG A and AA violations found by axe that keep people from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
    .filter((finding) => !OWNED_CELLS.test(finding));
}

/**
 * axe does not move what a row owns (`aria-owns`) out of where it is drawn, browsers do: cell-menu-and-record.spec.ts reads
 * Chromium's own tree, with every cell in its row.
 */
const OWNED_CELLS =
  /^aria-required-children: <div role="(?:grid|rowgroup)"[\s\S]*Element has children which are not allowed: \[role=gridcell\]$/;
