import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { Sample } from '@/lib/contract/stats';
import SampleTable from './sample-table';

const SAMPLE: Sample = {
  ...{ partitions: 10, places: 24, failed: 0, emptyPlaces: 0, gaps: [], asOf: '2026-11-30T08:00:00.000Z' },
  statement: 'SELECT * FROM shop.orders',
  columns: [
    { name: 'city', type: 'text', kind: 'regular', filled: 5, distinct: 2, examples: ['Kyoto', 'Oslo'] },
    { name: 'email', type: 'text', kind: 'regular', filled: 0, distinct: 0, examples: [], masked: 'reports' },
  ],
};

it('says of a masked column which role masks it, and no number', async () => {
  render(<SampleTable sample={SAMPLE} table="orders" />);
  const row = (name: string) => page.getByRole('row', { name });
  await expect.element(row('city')).toHaveTextContent(/50\s?%.*Kyoto · Oslo/);
  await expect.element(row('email')).toHaveTextContent('masked for you by the role reports');
  await expect.element(row('email')).not.toHaveTextContent(/\d/);
  expect(row('email').getByRole('progressbar').elements()).toHaveLength(0);
});
