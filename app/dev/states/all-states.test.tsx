import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { SHARED_PARTS } from './all-states';

const STATES = SHARED_PARTS.flatMap(({ name, place, states }) =>
  Object.entries(states).map(([state, { draw, shows }]) => ({ title: `${name}: ${state}`, place, draw, shows })),
);
const FILES = Object.keys(import.meta.glob('/{app,components}/**/*.states.tsx'));

/** What is wrong with the page for those who cannot see it or cannot use a pointer. */
async function violations(): Promise<string[]> {
  // A page has a heading of the first rank and one landmark of each kind; a part alone has not.
  const { violations } = await axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } });
  return violations
    .map(({ id, nodes }) => ({
      id,
      nodes: nodes.filter(({ failureSummary }) => !OWNED_CELLS.test(failureSummary ?? '')),
    }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** axe does not move what a row owns (`aria-owns`) out of where it is drawn, browsers do. */
const OWNED_CELLS = /Element has children which are not allowed: \[role=gridcell\]$/;

describe('the states of shared parts', () => {
  it('are all listed, each part by a name that stands in an address', () => {
    expect(FILES).toHaveLength(SHARED_PARTS.length);
    const names = SHARED_PARTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(STATES)('$title', async ({ place, draw, shows }) => {
    const said = vi.spyOn(console, 'error');
    render(draw(), place);
    for (const [role, name] of shows) {
      const seen = page.getByRole(role, name === undefined ? {} : { name, exact: true });
      await expect.element(seen.first(), { message: `${role} ${name ?? ''}` }).toBeInTheDocument();
    }
    expect(await violations()).toEqual([]);
    expect(said.mock.calls).toEqual([]);
    said.mockRestore();
  });
});
