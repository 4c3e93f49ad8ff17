import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { nodeAgreementStates } from './agreement.states';

const draw = (state: string) => render(nodeAgreementStates.states[state]?.draw());

describe('what each node says of each', () => {
  it('says who sees another state, and who knows other facts', async () => {
    draw('one sees another as down');
    await expect.element(page.getByRole('status')).toHaveTextContent('The nodes disagree about 1 node');
    const row = page.getByRole('row', { name: /^127\.0\.0\.3:9042/ });
    await expect.element(row.getByRole('cell').nth(1)).toHaveTextContent('downno heartbeat for 31 s');
    await expect.element(row.getByRole('cell').nth(2)).toHaveTextContent('up');
    await expect
      .element(page.getByRole('listitem'))
      .toHaveTextContent('rack: r1 by 127.0.0.1:9042; r3 by 127.0.0.3:9042');
  });

  it('keeps a node that does not answer unknown, in its column and its row, since when and why', async () => {
    draw('one does not answer');
    await expect.element(page.getByRole('status')).toHaveTextContent('agree about each other; 1 node does not answer');
    const column = page.getByRole('columnheader', { name: /127\.0\.0\.3:9042 says/ });
    await expect.element(column).toHaveTextContent('unknown, no answer since 10:00:00 UTC');
    const own = page
      .getByRole('row', { name: /^127\.0\.0\.3:9042/ })
      .getByRole('cell')
      .nth(3);
    await expect.element(own).toHaveTextContent('it does not react in time');
    await expect
      .element(
        page
          .getByRole('row', { name: /^127\.0\.0\.1:9042/ })
          .getByRole('cell')
          .nth(3),
      )
      .toHaveTextContent('unknown');
  });
});

describe('settings side by side', () => {
  it('show what each node has of its own only on request', async () => {
    draw('settings differ');
    await expect.element(page.getByRole('row', { name: /read_request_timeout/ })).toHaveTextContent('must agree5s6s5s');
    await expect
      .element(page.getByRole('row', { name: /keystore_password/ }))
      .toHaveTextContent('hidden Ahidden Bnot set');
    expect(page.getByRole('row', { name: /listen_address/ }).elements()).toEqual([]);
    await page.getByRole('checkbox').click();
    await expect.element(page.getByRole('row', { name: /listen_address/ })).toBeVisible();
  });

  it('say when nothing differs, and of how many nodes', async () => {
    draw('no setting differs');
    await expect.element(page.getByText('No setting differs between these 3 nodes')).toBeVisible();
  });
});
