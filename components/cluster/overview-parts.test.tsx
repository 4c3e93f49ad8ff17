import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { RiskLines } from './risk-lines';
import { SchemaAgreement } from './schema-agreement';
import { useWelcome } from './use-welcome';
import { WelcomePanel } from './welcome';

const FAILS = { tone: 'warn', text: 'QUORUM works, ALL fails: r2 is down.' } as const;
const LOST = { tone: 'danger', text: 'ONE, QUORUM and ALL fail: r2 is down.' } as const;

describe('the risk line', () => {
  it('names no keyspaces where all fare alike, and each group where they differ', async () => {
    const { again } = render(<RiskLines lines={[{ ...FAILS, keyspaces: ['a', 'b'] }]} />);
    const items = page.getByRole('listitem');
    await expect.element(items).toHaveTextContent('QUORUM works, ALL fails: r2 is down.');
    expect(items.element().textContent).toBe(FAILS.text);
    again(
      <RiskLines
        lines={[
          { ...LOST, keyspaces: ['logs'] },
          { ...FAILS, keyspaces: ['a', 'b', 'c', 'd', 'e', 'f'] },
        ]}
      />,
    );
    expect(items.elements().map(({ textContent }) => textContent)).toEqual([
      `logs: ${LOST.text}`,
      `a, b, c, d and 2 more: ${FAILS.text}`,
    ]);
  });

  it('is absent where there is nothing to place', () => {
    const { container } = render(<RiskLines lines={[]} />);
    expect(container.textContent).toBe('');
  });
});

describe('schema agreement', () => {
  it('claims only what nodes answered', async () => {
    const versions = [{ version: 'v2', nodes: ['a', 'b'] }];
    render(<SchemaAgreement agreement={{ agreed: true, versions, unheard: [{ node: 'c', lastVersion: 'v1' }] }} />);
    await expect.element(page.getByText('2 of 3 nodes agree; c does not answer')).toBeVisible();
    await expect.element(page.getByRole('listitem')).toHaveTextContent('c last reported another version');
  });
});

function Visit() {
  const { isShown, dismiss } = useWelcome();
  const table = { keyspace: 'flights', table: 'airports' };
  return isShown ? <WelcomePanel cluster="demo" table={table} onDismiss={dismiss} /> : <p>as always</p>;
}

describe('the introduction', () => {
  it('offers three ways to begin and stays away once dismissed', async () => {
    localStorage.removeItem('ringside.welcome');
    render(<Visit />);
    const ways = page.getByRole('link');
    expect(ways.elements().map((link) => link.getAttribute('href'))).toEqual([
      '/demo/keyspaces/flights/airports',
      '/demo/query',
      '/demo/exports',
    ]);
    await userEvent.click(page.getByRole('button', { name: 'Dismiss the introduction' }));
    await expect.element(page.getByText('as always')).toBeVisible();
    render(<Visit />);
    expect(page.getByRole('region', { name: 'Welcome' }).elements()).toEqual([]);
    localStorage.removeItem('ringside.welcome');
  });
});
