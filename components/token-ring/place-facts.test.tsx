import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { placeStates, type REPAIRS, repairState } from './place-facts.states';

it('shows only the replicas, in their order, each with its sizes and their age', async () => {
  render(placeStates.states.replicas?.draw());
  expect(
    page
      .getByRole('rowheader')
      .elements()
      .map(({ textContent }) => textContent),
  ).toEqual(['10.0.0.1:9042', '10.0.0.3:9042']);
  await expect
    .element(page.getByRole('row', { name: /^10\.0\.0\.1/ }))
    .toHaveTextContent('≤ 40.0 MiB~2.00 KiB66.7 %not known40 s ago');
  await expect.element(page.getByRole('row', { name: /^10\.0\.0\.3/ })).toHaveTextContent('It does not answer.');
});

it('adds what each replica has of the partition once it was compared', async () => {
  render(placeStates.states.compared?.draw());
  await expect.element(page.getByRole('row', { name: /^10\.0\.0\.1/ })).toHaveTextContent('22.93 KiB');
  await expect.element(page.getByRole('row', { name: /^10\.0\.0\.2/ })).toHaveTextContent('24 h agonot read–');
  await expect.element(page.getByRole('row', { name: /^10\.0\.0\.3/ })).toHaveTextContent('1 or more2.93 KiB or more');
});

it.each([
  ['of this range', /^The last repair of this range ended 2026-11-26 10:00 UTC, 3 d ago\.system_distributed/],
  [
    'of other ranges',
    /this range ended 2026-11-19 10:00 UTC, 10 d ago\.The last repair of the table, of whatever ranges, ended 2026-11-26/,
  ],
  ['of no range here', /^None of the newest 10 of 40 recorded repairs of the table covered this range\./],
  ['not known', /^When it was last repaired is not known: There is no record of one\./],
  ['may not be read', /A superuser can permit it: GRANT SELECT/],
] satisfies [keyof typeof REPAIRS, RegExp][])('says of a repair %s what is known', async (name, text) => {
  const { container } = render(repairState(name));
  await expect.element(container).toHaveTextContent(text);
});
