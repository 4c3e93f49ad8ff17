import { expect, type Locator, type Page } from 'playwright/test';

/** More Tab stops than any page has before its main content. */
const MOST_STOPS = 80;

/** Tabs to an element, like a user without a mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with ${MOST_STOPS} presses of Tab: ${target}`);
}

/** Navigates with the command palette. */
export async function goByPalette(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Go to or do anything' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(name);
  await expect(palette.getByRole('option').first()).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
}

/** Tabs to a button or a link and presses it. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Steps through a closed, focused list until it shows the option. */
export async function chooseOption(page: Page, list: Locator, value: string): Promise<void> {
  await expect(list).toBeFocused();
  const count = await list.locator('option').count();
  await page.keyboard.press('Home');
  for (let step = 0; step < count; step += 1) {
    if ((await list.inputValue()) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  await expect(list).toHaveValue(value);
}
