import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { cardOf } from './error-card.states';

const UNQUOTED = 'SELECT *\nFROM airports WHERE iata = SEA';

describe('the card of a failed statement', () => {
  it('says the cause first, and keeps the server’s words one press away', async () => {
    render(cardOf(UNQUOTED, {}));
    const card = page.getByRole('alert');
    await expect.element(card).toHaveTextContent(/^SEA has no quotes/);
    const said = page.getByText("line 0:-1 no viable alternative at input '<EOF>'");
    await expect.element(said).not.toBeVisible();
    await userEvent.click(page.getByText('Details'));
    await expect.element(said).toBeVisible();
  });

  it('names the release that a statement needs, where the cluster’s is older', async () => {
    const error = { code: 'invalid_statement', detail: "Unknown function 'to_date'" } as const;
    render(cardOf('SELECT to_date(born) FROM people', error, { release: '4.1.10' }));
    const card = page.getByRole('alert');
    await expect
      .element(card)
      .toHaveTextContent(/^The function to_date came with Cassandra 5.0; this cluster runs 4.1.10/);
    await expect.element(page.getByRole('button', { name: 'Use toDate' })).toBeVisible();
  });

  it('marks the mistake by the text, where the server names no place', () => {
    const onMark = vi.fn();
    const { again } = render(cardOf(UNQUOTED, {}, { onMark }));
    expect(onMark.mock.calls).toMatchObject([[{ range: { from: 36, to: 39 } }]]);
    again(cardOf(UNQUOTED, {}, { onMark }));
  });

  it('makes a change in the editor at one press, once, and runs nothing', async () => {
    const onApply = vi.fn(() => true);
    render(cardOf(UNQUOTED, {}, { onApply }));
    const change = page.getByRole('button', { name: "Use 'SEA'" });
    await userEvent.click(change);
    expect(onApply.mock.calls).toEqual([
      [{ label: "Use 'SEA'", edits: [{ start: 36, text: 'SEA', replacement: "'SEA'" }] }],
    ]);
    await expect.element(page.getByRole('status')).toHaveTextContent('Changed in the editor');
    await expect.element(change).toBeDisabled();
  });

  it('says when the statement is no longer there', async () => {
    render(cardOf(UNQUOTED, {}, { onApply: () => false }));
    await userEvent.click(page.getByRole('button', { name: "Use 'SEA'" }));
    await expect.element(page.getByRole('status')).toHaveTextContent('nothing was changed');
  });

  it('leads to the line of the mistake', async () => {
    const onGoTo = vi.fn();
    render(cardOf(UNQUOTED, {}, { onGoTo }));
    await userEvent.click(page.getByRole('button', { name: 'Go to line 2 of the statement' }));
    expect(onGoTo).toHaveBeenCalledTimes(1);
  });

  it('says what a refusal means and what to do, and takes out what is in the way', async () => {
    const onApply = vi.fn(() => true);
    const said = 'Cannot provide custom TTL for counter updates';
    const statement = 'UPDATE counts USING TTL 5 SET n = n + 1 WHERE k = 1';
    render(cardOf(statement, { code: 'invalid_statement', message: said, detail: said }, { onApply }));
    const card = page.getByRole('alert');
    await expect.element(card).toHaveTextContent(/^Counters do not expire\./);
    await expect.element(card).toHaveTextContent('Leave the TTL out');
    await userEvent.click(page.getByRole('button', { name: 'Remove USING TTL' }));
    expect(onApply.mock.calls).toEqual([
      [{ label: 'Remove USING TTL', edits: [{ start: 13, text: ' USING TTL 5', replacement: '' }] }],
    ]);
  });

  it('explains names that are taken, whichever code the server gives', async () => {
    const said = 'Cannot add already existing table "airports" to keyspace "k"';
    render(
      cardOf('CREATE TABLE airports (id int PRIMARY KEY)', { code: 'already_exists', message: said, detail: said }),
    );
    await expect.element(page.getByRole('alert')).toHaveTextContent(/^There is a table airports already\./);
    await expect.element(page.getByRole('button', { name: 'Add IF NOT EXISTS' })).toBeVisible();
  });

  it('at 390 px cuts nothing off', () => {
    const { container } = render(cardOf(`SELECT * FROM airports WHERE iata = ${'x'.repeat(90)}`, {}));
    container.style.width = '390px';
    for (const button of container.querySelectorAll('button')) {
      expect(button.scrollWidth).toBeLessThanOrEqual(button.clientWidth);
      expect(button.getBoundingClientRect().right).toBeLessThanOrEqual(390);
    }
  });
});
