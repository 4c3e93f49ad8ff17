import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { StateGrid } from './grid.states';

const grid = page.getByRole('grid');

/** The text of the cell that assistive technology is told of, with its place. */
function active(): string {
  const id = grid.element().getAttribute('aria-activedescendant');
  const cell = id === null ? null : document.getElementById(id);
  const box = cell?.closest('[data-row]');
  const row = (
    box?.hasAttribute('aria-rowindex') ? box : document.querySelector(`[aria-owns~="${box?.id}"]`)
  )?.getAttribute('aria-rowindex');
  return `${row}:${cell?.getAttribute('aria-colindex')} ${cell?.textContent}`;
}

const selectedCells = () => [...document.querySelectorAll('[role=gridcell][aria-selected=true]')].length;

async function focusGrid() {
  await expect.element(page.getByRole('gridcell', { name: '2001-01-01' }).first()).toBeInTheDocument();
  document.querySelector<HTMLElement>('[role=grid]')?.focus();
}

describe('the grid', () => {
  it('says how many rows and columns it has, and draws only those in view', async () => {
    const { again } = render(<StateGrid />, 'h-64');
    await expect.element(page.getByRole('gridcell', { name: '2001-01-01' }).first()).toBeInTheDocument();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1001');
    await expect.element(grid).toHaveAttribute('aria-colcount', '3');
    await expect.element(grid).toHaveAttribute('aria-multiselectable', 'true');
    expect(document.querySelectorAll('[role=gridcell]').length).toBeLessThan(40 * 3);
    again(<StateGrid open />);
    await expect.element(grid).toHaveAttribute('aria-rowcount', '-1');
  });

  it('has one row in the accessibility tree for the two boxes that a row is drawn in', async () => {
    render(<StateGrid />, 'h-64');
    await focusGrid();
    const rows = [...document.querySelectorAll('[role=row]')];
    const indexes = rows.map((row) => row.getAttribute('aria-rowindex'));
    expect(new Set(indexes).size).toBe(indexes.length);
    for (const row of rows.slice(1)) {
      const rest = document.getElementById(row.getAttribute('aria-owns') ?? '');
      expect(rest?.getAttribute('role')).toBe('presentation');
      expect(rest?.getAttribute('data-row')).toBe(row.getAttribute('data-row'));
    }
  });

  it('moves by keyboard and brings what it moves to into view', async () => {
    render(<StateGrid />, 'h-64');
    await focusGrid();
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe('2:1 SEA');
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    expect(active()).toBe('3:2 2001-01-02');
    await userEvent.keyboard('{End}');
    expect(active()).toBe('3:3 1');
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.poll(active).toBe('1001:3 999');
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await expect.poll(active).toBe('2:1 SEA');
    await userEvent.keyboard('{ArrowLeft}{PageUp}');
    expect(active()).toBe('2:1 SEA');
  });

  it('goes from the first row to the headers and back, sorts there and opens their menus', async () => {
    const columnActions = { resize: vi.fn(), fit: vi.fn(), move: vi.fn(), sort: vi.fn(), menu: vi.fn() };
    const onInspect = vi.fn();
    render(<StateGrid columnActions={columnActions} onInspect={onInspect} />, 'h-64');
    await focusGrid();
    const at = () => document.getElementById(grid.element().getAttribute('aria-activedescendant') ?? '')?.textContent;
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowLeft}');
    expect(at()).toContain('origin');
    await userEvent.keyboard('{End}{ArrowUp}{Enter}{Shift>}{Enter}{/Shift}');
    expect(at()).toContain('delay');
    expect(columnActions.sort.mock.calls).toEqual([
      [2, false],
      [2, true],
    ]);
    await userEvent.keyboard('{ContextMenu}{Alt>}{ArrowDown}{/Alt}');
    expect(columnActions.menu.mock.calls).toEqual([[2], [2]]);
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(columnActions.move.mock.calls).toEqual([[2, 1]]);
    await userEvent.keyboard('{ArrowDown}');
    expect(active()).toBe('2:2 2001-01-01');
    await userEvent.keyboard('{ArrowUp}{Escape}{Enter}');
    expect(onInspect).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{ArrowUp}');
    await userEvent.click(page.getByRole('gridcell', { name: '2001-01-03' }).first());
    expect(active()).toBe('4:2 2001-01-03');
  });

  it('extends with Shift, and takes rows, columns and everything', async () => {
    render(<StateGrid />, 'h-64');
    await focusGrid();
    await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowDown}{ArrowRight}{/Shift}');
    expect(selectedCells()).toBe(4);
    expect(active()).toBe('3:2 2001-01-02');
    await userEvent.keyboard('{Shift>} {/Shift}');
    expect(selectedCells()).toBe(6);
    await userEvent.keyboard('{Escape}{Control>}{Home}{/Control}');
    expect(selectedCells()).toBe(1);
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(selectedCells()).toBe(document.querySelectorAll('[role=gridcell]').length);
  });

  it('hands keys that act on to whoever shows it', async () => {
    const calls = { onInspect: vi.fn(), onCopy: vi.fn(), onFind: vi.fn(), onBack: vi.fn(), onRecord: vi.fn() };
    const columnActions = { resize: vi.fn(), fit: vi.fn(), move: vi.fn(), sort: vi.fn(), menu: vi.fn() };
    render(<StateGrid {...calls} columnActions={columnActions} />, 'h-64');
    await focusGrid();
    await userEvent.keyboard('{Control>}f{/Control}{Enter}');
    expect(calls.onFind).toHaveBeenCalledTimes(1);
    // Nothing is selected yet: there is nothing to inspect.
    expect(calls.onInspect).not.toHaveBeenCalled();
    await userEvent.keyboard('{ArrowDown} {Enter}{Control>}c{/Control}{Escape}');
    expect(calls.onInspect).toHaveBeenCalledTimes(2);
    expect(calls.onRecord).not.toHaveBeenCalled();
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    expect(calls.onRecord).toHaveBeenCalledTimes(1);
    expect(calls.onInspect).toHaveBeenCalledTimes(2);
    expect(calls.onCopy).toHaveBeenCalledTimes(1);
    expect(calls.onBack).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowRight}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    expect(columnActions.menu.mock.calls).toEqual([[0]]);
    expect(columnActions.move.mock.calls).toEqual([[0, 1]]);
    expect(columnActions.resize.mock.calls).toEqual([[0, 136]]);
  });

  it('selects by pointer, extends with Shift, and inspects what is pressed twice', async () => {
    const onInspect = vi.fn();
    render(<StateGrid onInspect={onInspect} />, 'h-64');
    await userEvent.click(page.getByRole('gridcell', { name: '2001-01-02' }).first());
    expect(active()).toBe('3:2 2001-01-02');
    const other = page.getByRole('gridcell', { name: '2001-01-04' }).first();
    await userEvent.click(other, { modifiers: ['Shift'] });
    expect(selectedCells()).toBe(3);
    await userEvent.dblClick(other);
    expect(onInspect).toHaveBeenCalledTimes(1);
    expect(selectedCells()).toBe(1);
  });

  it('asks for a cell’s menu by the secondary button, without losing the cells that are selected', async () => {
    const onCellMenu = vi.fn();
    render(<StateGrid onCellMenu={onCellMenu} />, 'h-64');
    const cell = page.getByRole('gridcell', { name: '2001-01-02' }).first();
    await userEvent.click(cell, { button: 'right' });
    await expect.poll(() => onCellMenu.mock.calls.length).toBe(1);
    expect(onCellMenu.mock.calls[0]?.[0]).toMatchObject({ row: 1, column: 1 });
    await expect.poll(active).toBe('3:2 2001-01-02');
    await userEvent.click(page.getByRole('gridcell', { name: '2001-01-04' }).first(), { modifiers: ['Shift'] });
    expect(selectedCells()).toBe(3);
    await userEvent.click(cell, { button: 'right' });
    await expect.poll(() => onCellMenu.mock.calls.length).toBe(2);
    expect(selectedCells()).toBe(3);
  });

  it('asks for it by the menu key and Shift+F10, below the active cell', async () => {
    const onCellMenu = vi.fn();
    render(<StateGrid onCellMenu={onCellMenu} />, 'h-64');
    await focusGrid();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{ContextMenu}{Shift>}{F10}{/Shift}');
    const box = page.getByRole('gridcell', { name: '2001-01-02' }).first().element().getBoundingClientRect();
    const place = { row: 1, column: 1, xPx: box.left, yPx: box.bottom };
    expect(onCellMenu.mock.calls).toEqual([[place], [place]]);
  });

  it('asks for it when a finger has rested on a cell and leaves it, not when it scrolls', async () => {
    const onCellMenu = vi.fn();
    render(<StateGrid onCellMenu={onCellMenu} />, 'h-64');
    await expect.element(page.getByRole('gridcell', { name: '2001-01-02' }).first()).toBeInTheDocument();
    const cell = page.getByRole('gridcell', { name: '2001-01-02' }).first().element();
    const row = cell.closest('[data-row]');
    const touch = (type: string, clientX: number) =>
      cell.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: 'touch', pointerId: 7, clientX, clientY: 60 }),
      );
    touch('pointerdown', 200);
    touch('pointermove', 240);
    touch('pointercancel', 240);
    touch('pointerdown', 200);
    await expect.poll(() => row?.hasAttribute('data-held')).toBe(true);
    expect(onCellMenu).not.toHaveBeenCalled();
    touch('pointerup', 201);
    await expect.poll(() => onCellMenu.mock.calls).toEqual([[{ row: 1, column: 1, xPx: 200, yPx: 60 }]]);
    expect(row?.hasAttribute('data-held')).toBe(false);
  });

  it('sorts by a press of a header, and opens its menu from the button in it; neither is a stop of Tab', async () => {
    const actions = { resize: vi.fn(), fit: vi.fn(), move: vi.fn(), sort: vi.fn(), menu: vi.fn() };
    render(<StateGrid columnActions={actions} />, 'h-64');
    const header = page.getByRole('columnheader', { name: 'delay' });
    const face = header.getByRole('button', { name: 'delay int' });
    const button = header.getByRole('button', { name: 'Menu of delay' });
    await expect.element(face).toHaveAttribute('tabindex', '-1');
    await expect.element(button).toHaveAttribute('tabindex', '-1');
    await userEvent.click(face);
    await userEvent.click(face, { modifiers: ['Shift'] });
    expect(actions.sort.mock.calls).toEqual([
      [2, false],
      [2, true],
    ]);
    expect(actions.menu).not.toHaveBeenCalled();
    await userEvent.click(button);
    await userEvent.click(face, { button: 'right' });
    expect(actions.menu.mock.calls).toEqual([[2], [2]]);
  });

  it('asks for other keys first, and gives a second press away where somebody wants it', async () => {
    const onKeys = vi.fn((event: { key: string }) => event.key === 'x');
    const calls = { onInspect: vi.fn(), onOpen: vi.fn() };
    render(<StateGrid onKeys={onKeys} {...calls} />, 'h-64');
    await focusGrid();
    await userEvent.keyboard('{ArrowDown}x ');
    expect(onKeys.mock.calls.map(([{ key }]) => key)).toEqual(['ArrowDown', 'x', ' ']);
    expect(calls.onInspect).toHaveBeenCalledTimes(1);
    await userEvent.dblClick(page.getByRole('gridcell', { name: '2001-01-02' }).first());
    expect(calls.onOpen).toHaveBeenCalledTimes(1);
    expect(calls.onInspect).toHaveBeenCalledTimes(1);
  });

  it('puts what stands over a cell in its place, and keeps it while the cell is scrolled away', async () => {
    const content = <input aria-label="over" className="h-full w-full" />;
    const { again } = render(<StateGrid overlay={{ row: 1, column: 1, content }} />, 'h-64');
    const over = page.getByRole('textbox', { name: 'over' });
    const box = () => over.element().getBoundingClientRect();
    const cell = page.getByRole('gridcell', { name: '2001-01-02' }).first();
    await expect.element(over).toBeVisible();
    const place = cell.element().getBoundingClientRect();
    expect([Math.round(box().left), Math.round(box().top)]).toEqual([Math.round(place.left), Math.round(place.top)]);
    await userEvent.fill(over, 'typed');
    grid.element().scrollTo({ top: 9_000 });
    await expect.poll(() => document.querySelector('[data-row="1"]')).toBeNull();
    expect(over.element()).toHaveValue('typed');
    again(<StateGrid overlay={{ row: 1, column: 0, content }} />);
    await expect.poll(() => document.querySelectorAll('[aria-label=over]').length).toBe(1);
  });
});
