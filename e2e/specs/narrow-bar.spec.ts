import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';

for (const [screen, width] of [
  ['a phone', 390],
  ['half a screen', 700],
  ['a small screen', 1024],
] as const) {
  test(`on ${screen} the button to read on stays in view, whatever is selected, and copying is confirmed`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/demo/keyspaces/flights/by_origin_day?from=0');
    const grid = new ResultGrid(page);
    const word = grid.lastWord('Paused: more rows above and below');
    await expect(word).toBeVisible();
    expect(await word.evaluate(isWhole)).toBe(true);
    await grid.root.press('ArrowDown');
    await expect(grid.bar.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
    const cluster = page.getByRole('banner').getByRole('button', { name: /^Cluster .+: switch cluster$/ });
    expect(await cluster.locator('span').evaluate(isWhole)).toBe(true);
    const readOn = grid.bar.getByRole('button', { name: 'Read on' });
    await expect(readOn).toBeInViewport({ ratio: 1 });
    await grid.root.press('ControlOrMeta+c');
    await expect(page.getByRole('status', { name: 'Notices' }).getByText(/^Copied/)).toBeInViewport({ ratio: 1 });
    await expect(readOn).toBeInViewport({ ratio: 1 });
  });
}

/** Runs in the page: none of the text is cut off. */
function isWhole({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean {
  return scrollWidth <= clientWidth && scrollHeight <= clientHeight;
}
