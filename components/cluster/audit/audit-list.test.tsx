import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { AuditStanding } from '@/lib/contract/audit';
import { AuditFilters } from './audit-filters';
import { AuditList } from './audit-list';
import { LINES } from './audit-list.states';
import { AuditStandingNotice } from './audit-standing';

const STANDING: AuditStanding = {
  to: 'file',
  file: '/there/audit.ndjson',
  failing: null,
  refusesWrites: true,
  lines: 1,
  lost: 0,
};
const ADDRESS = { person: '', table: '', text: '', outcome: null, since: null, until: null, here: false };

describe('the lines of the audit', () => {
  it('say who did what, how it ended, and what is missing', async () => {
    render(<AuditList entries={LINES} onPerson={() => undefined} more={null} />);
    const lines = page.getByRole('listitem');
    await expect.element(lines.nth(0)).toHaveTextContent(/anna ?done ?POST .*query.*DELETE FROM flights.airports/);
    await expect.element(lines.nth(0)).toHaveTextContent(/0 rows · 412 B · 8 ms · coordinated by 10.0.0.1:9042/);
    await expect.element(lines.nth(1)).toHaveTextContent(/refused ?POST \/api\/sign-in.*as ben · from 192.0.2.7/);
    await expect.element(lines.nth(2)).toHaveTextContent(/26 lines could not be written and are missing here/);
    await expect.element(lines.nth(3)).toHaveTextContent(/Job failed: export flights.airports.*schedule nightly/);
  });

  it('show everything on request, and lead to those of one person', async () => {
    const onPerson = vi.fn();
    render(<AuditList entries={LINES} onPerson={onPerson} more={null} />);
    await userEvent.click(page.getByText('The whole line').first());
    await expect.element(page.getByText('"requestId": "b2a1"')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Only lines of anna' }));
    expect(onPerson.mock.calls).toEqual([['anna']]);
  });
});

describe('the search of the audit', () => {
  it('is by person, table, outcome and time', async () => {
    const onChange = vi.fn();
    render(<AuditFilters address={ADDRESS} onChange={onChange} />);
    await userEvent.fill(page.getByLabelText('Person'), 'anna');
    await userEvent.fill(page.getByLabelText('Keyspace or table'), 'k.t');
    await userEvent.selectOptions(page.getByLabelText('Outcome'), 'refused');
    await userEvent.fill(page.getByLabelText('From (UTC)'), '2026-11-30T06:00');
    await userEvent.click(page.getByLabelText('Only this cluster'));
    expect(onChange.mock.calls).toEqual([
      [{ person: 'anna' }, 'typed'],
      [{ table: 'k.t' }, 'typed'],
      [{ outcome: 'refused' }, 'push'],
      [{ since: '2026-11-30T06:00Z' }, 'push'],
      [{ here: true }, 'push'],
    ]);
  });
});

describe('how the audit stands', () => {
  it('is said where it is off, cannot be written, or lacks lines', async () => {
    render(<AuditStandingNotice standing={null} />);
    await expect.element(page.getByRole('note')).toHaveTextContent(/Nothing is audited here/);
    const failing = { since: '2026-11-30T06:00:00.000Z', why: 'The disk is full.' };
    render(<AuditStandingNotice standing={{ ...STANDING, failing, lost: 2 }} />);
    await expect.element(page.getByText(/The disk is full. Ringside refuses changes/)).toBeVisible();
    await expect.element(page.getByText('2 lines could not be kept since Ringside started')).toBeVisible();
  });
});
