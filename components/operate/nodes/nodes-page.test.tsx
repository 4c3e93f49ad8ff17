import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { readNodesAddress } from '@/lib/cluster/nodes-address';
import { Filters } from './nodes-page';

it('shows the filters of the address, side by side, and says what is chosen', async () => {
  const change = vi.fn();
  render(<Filters address={readNodesAddress('find=eu&state=down&group=rack')} onChange={change} />);
  const find = page.getByRole('searchbox', { name: 'Find nodes' });
  await expect.element(find).toHaveValue('eu');
  const state = page.getByRole('combobox', { name: 'State' });
  await expect.element(state).toHaveValue('down');
  await state.selectOptions('any state');
  expect(change).toHaveBeenLastCalledWith({ state: null }, 'push');
  await page.getByRole('combobox', { name: 'Group' }).selectOptions('by datacenter');
  expect(change).toHaveBeenLastCalledWith({ group: 'datacenter' }, 'push');
  await find.fill('us');
  expect(change).toHaveBeenLastCalledWith({ find: 'us' }, 'typed');
});
