import { Suspense } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { CellFacts } from '@/lib/values/cell-menu';
import CellMenu from './cell-menu';
import type { CellOffer } from './offers';

const FACTS: CellFacts = {
  column: 'delay',
  cells: 1,
  rows: 1,
  isHeld: true,
  keyMissing: ['day'],
  isInsertable: false,
  canHide: true,
};

function renderMenu() {
  const calls = { onAct: vi.fn(), onClose: vi.fn(), onOffer: vi.fn(), run: vi.fn() };
  const offer = { section: 'filter', note: 'whole ring', isHeavy: true } as const;
  const offers: Promise<readonly CellOffer[]> = Promise.resolve([
    { ...offer, id: 'filter =', label: 'delay = 5', run: calls.run },
    { ...offer, id: 'filter <', label: 'delay < 5', isDisabled: true, run: calls.run },
  ]);
  render(
    <Suspense>
      <CellMenu facts={FACTS} xPx={40} yPx={60} offers={offers} {...calls} />
    </Suspense>,
  );
  return calls;
}

const menu = page.getByRole('menu');
const focused = () => document.activeElement?.textContent;

describe('the menu of a cell', () => {
  it('opens where it was asked for, with what is offered and its cost', async () => {
    renderMenu();
    await expect.element(menu.getByRole('menuitem', { name: /^delay = 5/ })).toHaveTextContent('whole ring');
    await expect.element(menu.getByRole('menuitem', { name: /^delay < 5/ })).toBeDisabled();
    await expect.element(menu.getByRole('menuitem', { name: /WHERE/ })).toHaveTextContent('the columns lack day');
    const box = menu.element().getBoundingClientRect();
    expect(Math.abs(box.left - 40)).toBeLessThan(8);
    expect(Math.abs(box.top - 60)).toBeLessThan(12);
  });

  it('acts by keyboard: on the cell, or by what is offered', async () => {
    const { onAct, onOffer, run, onClose } = renderMenu();
    await expect.element(menu).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toContain('Inspect the value');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(focused).toContain('delay = 5');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => run.mock.calls.length).toBe(1);
    expect(onOffer).toHaveBeenCalledTimes(1);
    expect(onAct).not.toHaveBeenCalled();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
  });

  it('acts by pointer', async () => {
    const { onAct } = renderMenu();
    await userEvent.click(menu.getByRole('menuitem', { name: 'As a CQL literal' }));
    await expect.poll(() => onAct.mock.calls).toEqual([['copy.cql']]);
  });
});
