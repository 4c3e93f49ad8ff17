import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { SectionRows } from './node-section';
import { SECTIONS } from './node-section.states';

const draw = (name: keyof typeof SECTIONS) => render(<SectionRows section="queries" data={SECTIONS[name]} />);

it('shows rows under headings that people read, with a dash for what is not there', async () => {
  draw('rows');
  await expect.element(page.getByRole('columnheader', { name: 'Running, ms' })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /^1,234\.567/ })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /^0\.090 –/ })).toBeVisible();
});

it('says how many rows it does not show', async () => {
  draw('more rows than are shown');
  await expect.element(page.getByText('1,200 rows more not shown.')).toBeVisible();
});

it('says that there are none', async () => {
  draw('no rows');
  await expect.element(page.getByText('No query runs.')).toBeVisible();
});

it('does not say that there are none where they could not be read', async () => {
  draw('the release lacks it');
  await expect.element(page.getByRole('status')).toHaveTextContent(/has no system_views\.queries, since 4\.1/);
  await expect.element(page.getByText('No query runs.')).not.toBeInTheDocument();
});

it('offers the GRANT where the role may not read', async () => {
  draw('may not be read');
  await expect.element(page.getByText('GRANT SELECT ON KEYSPACE system_views TO reader')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Copy the GRANT' })).toBeVisible();
});

it('keeps the last rows of a node that does not answer', async () => {
  draw('no answer since');
  await expect.element(page.getByRole('status')).toHaveTextContent('The node has not answered within 1.2 s.');
  await expect.element(page.getByRole('table', { name: 'Running queries' })).toBeVisible();
});
