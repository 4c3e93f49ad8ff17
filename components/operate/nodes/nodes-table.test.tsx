import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { readNodesAddress } from '@/lib/cluster/nodes-address';
import { simulatedNodes } from '@/lib/cluster/test-nodes';
import { NodesTable } from './nodes-table';

const draw = (search: string, onSort = vi.fn()) => {
  render(
    <NodesTable cluster="demo" nodes={simulatedNodes(1_000)} address={readNodesAddress(search)} onSort={onSort} />,
    'h-[700px] w-[1200px]',
  );
  return onSort;
};
const rows = () => page.getByRole('row').elements().length;

it('keeps only a window of 1,000 nodes in the page, and comes to the last one', async () => {
  draw('');
  await expect.element(page.getByRole('link', { name: '10.0.0.0:9042' })).toBeVisible();
  await expect.element(page.getByRole('grid', { name: 'Nodes' })).toHaveAttribute('aria-rowcount', '1001');
  expect(rows()).toBeLessThan(60);
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{End}');
  await expect.element(page.getByRole('link', { name: '10.0.3.249:9042' })).toBeVisible();
  expect(rows()).toBeLessThan(60);
});

it('folds groups with their counts and sums, by keys', async () => {
  draw('group=datacenter');
  const group = page.getByRole('button', { name: /eu · 500 nodes/ });
  await expect.element(group).toHaveAttribute('aria-expanded', 'true');
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(group).toHaveAttribute('aria-expanded', 'false');
  await expect.element(page.getByRole('button', { name: /us · 500 nodes/ })).toBeVisible();
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '503');
});

it('says of the cell that the keys reach its unit, source and age, and why it is unknown', async () => {
  draw('find=10.0.0.1:9042');
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{ArrowRight>10/}');
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent(/pending [\d,]+ tasks, all pools · SELECT pending_tasks FROM system_views.thread_pools · read/);
});

it('names why a silent node has no number', async () => {
  draw('state=unknown');
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{ArrowRight>10/}');
  await expect.element(page.getByRole('status')).toHaveTextContent('pending unknown. it does not react in time');
});

it('asks for the largest first of a number, and turns round', async () => {
  const onSort = draw('sort=-load');
  await page.getByRole('button', { name: 'Pending' }).click();
  expect(onSort).toHaveBeenLastCalledWith({ sort: 'pending', isDescending: true });
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  expect(onSort).toHaveBeenLastCalledWith({ sort: 'load', isDescending: false });
});
