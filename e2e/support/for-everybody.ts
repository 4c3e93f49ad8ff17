import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

/** axe measures the contrast of every text in view, four times. */
export const LOOKED_AT_MS = 360_000;

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** axe's rules about colours: nothing else differs between light and dark. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Holds the page as it is now to axe: light and dark, on a phone and on a desk. On a phone it is no wider than the screen. */
export async function expectForEverybody(page: Page): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await seriousFindings(page), `light, ${width} pixels`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findingsOf(axe(page).withRules(ABOUT_COLOURS)), `dark, ${width} pixels`).toEqual([]);
  }
  await expect.poll(() => overflowPx(page), 'no wider than a phone').toBe(0);
}

/** The WCAG A and AA violations found by axe that keep people from using the page. */
export function seriousFindings(page: Page): Promise<string[]> {
  return findingsOf(axe(page).withTags(STANDARDS));
}

/** By how much the page can be scrolled sideways. */
export function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** No page has a frame of another origin, so axe need not open a second page to put its results together. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}

async function findingsOf(rules: AxeBuilder): Promise<string[]> {
  const { violations } = await rules.analyze();
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
