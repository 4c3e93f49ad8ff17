import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { TrayList } from './tray-list';

describe('the tray', () => {
  it('stops what runs, and says why it could not', async () => {
    const stop = vi.fn();
    const item = {
      ...{ id: 'a', kind: 'Read', title: 'flights.airports', facts: '10 rows', fraction: null, running: true },
      ...{ href: '/demo', action: { kind: 'call', call: stop, label: 'Stop' } as const },
    };
    const { again } = render(<TrayList items={[item]} onGo={() => undefined} />);
    await userEvent.click(page.getByRole('button', { name: 'Stop' }));
    expect(stop).toHaveBeenCalledTimes(1);
    const refuse = () => {
      throw new Error('Not now.');
    };
    again(
      <TrayList items={[{ ...item, action: { kind: 'call', call: refuse, label: 'Stop' } }]} onGo={() => undefined} />,
    );
    await userEvent.click(page.getByRole('button', { name: 'Stop' }));
    await expect.element(page.getByRole('alert')).toBeVisible();
  });
});
