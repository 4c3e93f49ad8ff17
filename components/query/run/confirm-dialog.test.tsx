import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { askAbout } from './confirm-dialog.states';

function ask(text: string) {
  const answers = { onConfirm: vi.fn(), onDecline: vi.fn() };
  render(askAbout(text, answers));
  return answers;
}

describe('the question before a statement that changes something', () => {
  it('shows the exact statement, and runs at Enter', async () => {
    const text = "INSERT INTO airports (iata) VALUES ('SEA')";
    const { onConfirm } = ask(text);
    await expect.element(page.getByRole('dialog')).toHaveTextContent(text);
    await expect.element(page.getByRole('button', { name: 'Run INSERT' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onConfirm.mock.calls).toEqual([[undefined]]);
  });

  it('drops nothing before its name is typed in full', async () => {
    const { onConfirm } = ask('DROP TABLE flights.airports');
    const name = page.getByRole('textbox');
    const run = page.getByRole('button', { name: 'Run DROP TABLE' });
    await expect.element(name).toHaveFocus();
    await expect.element(run).toBeDisabled();
    await userEvent.keyboard('airport{Enter}');
    expect(onConfirm).not.toHaveBeenCalled();
    await userEvent.keyboard('s');
    await expect.element(run).toBeEnabled();
    await userEvent.keyboard('{Enter}');
    expect(onConfirm.mock.calls).toEqual([['airports']]);
  });

  it('says what is touched, on which replicas and at which levels', async () => {
    ask('DELETE FROM t WHERE a = 1 AND b = 1');
    const facts = page.getByRole('region', { name: 'What it changes' });
    await expect.element(facts).toHaveTextContent('Touches1 whole partition');
    await expect.element(facts).toHaveTextContent('1 replica on the next nodes');
    await expect.element(facts).toHaveTextContent('LOCAL_QUORUM');
    await expect.element(page.getByText('Deletes the whole partition, with every row in it')).toBeVisible();
  });

  it('names the serial level of a conditional write', async () => {
    ask('INSERT INTO one (k) VALUES (1) IF NOT EXISTS');
    const facts = page.getByRole('region', { name: 'What it changes' });
    await expect.element(facts).toHaveTextContent('1 row, conditional (Paxos)');
    await expect.element(facts).toHaveTextContent('Serial consistencySERIAL');
  });

  it('declines at Escape', async () => {
    const { onConfirm, onDecline } = ask('DROP TABLE flights.airports');
    await expect.element(page.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(onDecline).toHaveBeenCalledTimes(1);
    expect(onConfirm).not.toHaveBeenCalled();
  });
});
