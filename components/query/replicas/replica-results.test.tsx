import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { DIFFERENT, replicaResultsOf } from './replica-results.states';

it('shows what each node has of the rows that differ', async () => {
  render(replicaResultsOf(DIFFERENT));
  await expect.element(page.getByRole('status').first()).toHaveTextContent('All 2 nodes answered: 2 of 2 rows differ.');
  const rows = page.getByRole('table', { name: 'Rows that differ' }).getByRole('row');
  expect(rows.elements().map((row) => row.textContent)).toEqual([
    'Key10.0.0.1:904210.0.0.2:9042',
    '["SEA",1]city = Seattlecity = Seatle',
    '["SEA",2]has itno such row',
  ]);
});

it('says of each node whose data it was', async () => {
  const [own, other] = DIFFERENT;
  if (own === undefined || other === undefined) throw new Error('two results');
  render(replicaResultsOf([own, { ...other, proof: 'others', servedBy: ['10.0.0.9'] }]));
  await expect.element(page.getByText('its own, by the trace')).toBeVisible();
  await expect.element(page.getByText('read by 10.0.0.9')).toBeVisible();
});
