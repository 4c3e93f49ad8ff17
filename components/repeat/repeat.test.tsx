import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { SchedulePlan } from '@/lib/contract/schedules';
import { EditDialog } from './edit-dialog';
import { RepeatDialog } from './repeat-dialog';
import { SCHEDULE } from './test-schedules';

const PLAN: SchedulePlan = {
  ...{ title: 'shop.orders', statement: 'INSERT INTO shop.orders (id) VALUES (?)', isWrite: true },
  ...{ confirmName: 'orders', notes: ['Each run loads the files that are there then.'] },
};
const REQUEST = { keyspace: 'shop', table: 'orders', from: { path: '/data/inbox' } };

afterEach(() => vi.restoreAllMocks());

/** A server that plans so; what it was asked, by address. */
function serverOf(plan: () => Response) {
  const asked: (readonly [string, unknown])[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input), window.location.href);
    if (init?.body != null) asked.push([pathname, JSON.parse(String(init.body))]);
    if (pathname.endsWith('/plan')) return plan();
    if (pathname.endsWith('/schedule-times')) return Response.json({ times: [] });
    if (init?.body != null) return Response.json(SCHEDULE, { status: 201 });
    return Response.json({ schedules: [], webhooks: [], standstill: null });
  });
  return asked;
}
const button = (name: string) => page.getByRole('button', { name });

describe('a load that is to repeat', () => {
  it('shows what each run sends, and is kept once the table’s name is typed', async () => {
    const asked = serverOf(() => Response.json(PLAN));
    const onClose = vi.fn();
    render(<RepeatDialog cluster="red" kind="load" title="shop.orders" request={REQUEST} onClose={onClose} />);
    await expect.element(page.getByRole('region', { name: 'What each run sends' })).toHaveTextContent(PLAN.statement);
    await expect.element(page.getByText('Each run loads the files that are there then.')).toBeVisible();
    await expect.element(button('Create the schedule')).toBeDisabled();
    await page.getByRole('textbox', { name: 'Type orders to confirm' }).fill('orders');
    await button('Create the schedule').click();
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(asked.find(([path]) => path.endsWith('/schedules'))?.[1]).toMatchObject({
      ...{ kind: 'load', request: REQUEST, name: 'shop-orders' },
      confirm: { statement: PLAN.statement, name: 'orders' },
    });
  });

  it('says why it cannot repeat, and is not kept', async () => {
    const error = { code: 'not_found', message: 'There is no file or directory /data/inbox.', retryable: false };
    serverOf(() => Response.json({ error }, { status: 404 }));
    render(<RepeatDialog cluster="red" kind="load" title="shop.orders" request={REQUEST} onClose={() => undefined} />);
    await expect.element(page.getByRole('alert')).toHaveTextContent('There is no file or directory /data/inbox.');
    await expect.element(button('Create the schedule')).toBeDisabled();
  });
});

describe('a schedule that is edited', () => {
  const load = { ...SCHEDULE, kind: 'load', request: REQUEST };

  it('changes its time without another review', async () => {
    const asked = serverOf(() => Response.json(PLAN));
    render(<EditDialog schedule={load} onClose={() => undefined} />);
    await page.getByRole('textbox', { name: 'Pattern' }).fill('0 3 * * *');
    await button('Save').click();
    await expect.poll(() => asked.map(([path]) => path)).toEqual(['/api/schedules/nightly']);
    expect(asked[0]?.[1]).toMatchObject({ action: 'change', pattern: '0 3 * * *' });
    expect(Object(asked[0]?.[1])).not.toHaveProperty('request');
  });

  it('shows what another request would send before it is saved, and says what stays', async () => {
    const asked = serverOf(() => Response.json({ ...PLAN, confirmName: null }));
    render(<EditDialog schedule={load} onClose={() => undefined} />);
    await page.getByText('What it repeats', { exact: true }).click();
    await expect.element(page.getByText('It stays a load on demo', { exact: false })).toBeVisible();
    const request = page.getByRole('textbox', { name: 'Request of the load, as the API takes it' });
    await request.fill('{');
    await expect.element(page.getByText('This is not JSON.')).toBeVisible();
    await expect.element(button('Save')).toBeDisabled();
    const other = { ...REQUEST, from: { path: '/data/other' } };
    await request.fill(JSON.stringify(other));
    await expect.element(page.getByText(PLAN.statement)).toBeVisible();
    await button('Save').click();
    await expect.poll(() => asked.at(-1)?.[0]).toBe('/api/schedules/nightly');
    expect(asked.at(-1)?.[1]).toMatchObject({ request: other, confirm: { statement: PLAN.statement } });
  });
});
