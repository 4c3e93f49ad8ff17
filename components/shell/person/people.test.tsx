import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { PasswordForm } from './password-form';
import { PEOPLE } from './people.states';
import { PeopleList } from './people-list';

describe('the sessions of everybody', () => {
  it('are ended one by one, or all of a person, but never this one by itself', async () => {
    const [onEnd, onEndAll] = [vi.fn(), vi.fn()];
    render(
      <PeopleList people={[...PEOPLE]} hasMore={false} ending={null} failed={null} onEnd={onEnd} onEndAll={onEndAll} />,
    );
    const anna = page.getByRole('region', { name: 'Sessions of anna' });
    await expect.element(anna.getByText('this browser')).toBeVisible();
    await userEvent.click(anna.getByRole('button', { name: 'End', exact: true }));
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('b');
    await userEvent.click(anna.getByRole('button', { name: 'End all 2 sessions' }));
    expect(onEndAll).toHaveBeenCalledExactlyOnceWith('person-a');
  });
});

describe('the form for another password', () => {
  it('sends both only when the new one was typed twice alike', async () => {
    const onChange = vi.fn();
    render(<PasswordForm name="anna" busy={false} error={null} onChange={onChange} />);
    const field = (name: string) => page.getByLabelText(name, { exact: true });
    await userEvent.fill(field('Current password'), 'the old phrase');
    await userEvent.fill(field('New password'), 'a long enough phrase');
    await userEvent.fill(field('New password once more'), 'a long enough phrasE');
    await userEvent.click(page.getByRole('button', { name: 'Change' }));
    await expect.element(page.getByText('The two new passwords differ.')).toBeVisible();
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.fill(field('New password once more'), 'a long enough phrase');
    await userEvent.click(page.getByRole('button', { name: 'Change' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith('the old phrase', 'a long enough phrase');
  });
});
