import { expect, type Locator, type Page } from 'playwright/test';

/** The ring rail next to the rows, and the menu of places to go to. */
export class RingRail {
  readonly root: Locator;

  constructor(private readonly page: Page) {
    this.root = page.getByRole('slider', { name: 'Place on the token ring' });
  }

  /** Presses the rail at a share of its height, 0 to 1. */
  async press(share: number): Promise<void> {
    const box = await this.root.boundingBox();
    if (box === null) throw new Error('the rail is not drawn');
    await this.root.click({ position: { x: box.width / 2, y: box.height * share } });
  }

  /** Where the rows in view are, in percent of the ring. */
  async percent(): Promise<number> {
    return Number(await this.root.getAttribute('aria-valuenow'));
  }

  async goTo(): Promise<Locator> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^Go to( ·|$)/ })
      .click();
    const menu = this.page.getByRole('dialog', { name: 'Go to' });
    await expect(menu).toBeVisible();
    return menu;
  }
}

/** The texts of the fully visible rows, from the top down; without those not in memory, which have no text. */
export function seenRows(grid: Locator): Promise<string[][]> {
  return grid.evaluate((element) => {
    const frame = element.getBoundingClientRect();
    const header = element.querySelector('[role=columnheader]')?.getBoundingClientRect().bottom ?? frame.top;
    // The part of a row that stays in view when scrolling sideways; the rest of it has the same number.
    const heads = [...element.querySelectorAll('[data-row]:has([data-gutter])')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= header - 1 && bottom <= frame.bottom + 1;
    });
    const texts = heads.map((row) => {
      const index = row.getAttribute('data-row');
      const cells = element.querySelectorAll(`[data-row="${index}"] [role=gridcell]`);
      return [...cells].map((cell) => cell.textContent);
    });
    return texts.filter((cells) => cells.some((text) => text !== ''));
  });
}

/** One step of the wheel over the rows, or what is next to them. */
export async function wheel(page: Page, over: Locator, px: number): Promise<void> {
  await over.hover();
  await page.mouse.wheel(0, px);
}

/** The rows in view once the URL has settled on them. */
export async function settledRows(page: Page, grid: Locator): Promise<string[][]> {
  let seen: string[][] = [];
  let address = '';
  await expect
    .poll(
      async () => {
        const now = { seen: await seenRows(grid), address: page.url() };
        const isSame = JSON.stringify(now) === JSON.stringify({ seen, address });
        seen = now.seen;
        address = now.address;
        return isSame;
      },
      { intervals: [1_000] },
    )
    .toBe(true);
  return seen;
}
