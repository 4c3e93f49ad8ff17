import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { SignInForm } from './sign-in-form';
import { ROLE, USER } from './sign-in-form.states';

const password = page.getByLabelText('Password');

/** What is sent, and what the server answers. */
function answering(status: number, error?: object) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', (_address: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body));
    return Promise.resolve(error === undefined ? new Response(null, { status }) : Response.json({ error }, { status }));
  });
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

const refused = { code: 'sign_in_refused', message: 'The name or the password is not right.', retryable: false };

describe('the form that signs people in', () => {
  it('sends name and password of a user of Ringside, with no cluster', async () => {
    const sent = answering(403, refused);
    render(<SignInForm to="/" ways={[USER]} />);
    await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'anna');
    await userEvent.fill(password, 'a phrase');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('The name or the password is not right.');
    expect(sent).toEqual([{ name: 'anna', password: 'a phrase' }]);
  });

  it('says of a Cassandra role what a restart does, sends its cluster, and forgets a password that was refused', async () => {
    const sent = answering(403, refused);
    render(<SignInForm to="/" ways={[USER, ROLE]} />);
    await expect.element(page.getByText(/a restart of Ringside signs you out/)).not.toBeInTheDocument();
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Sign in with' }), 'Cassandra role of Production');
    await expect.element(page.getByText(/a restart of Ringside signs you out/)).toBeVisible();
    await userEvent.fill(page.getByRole('textbox', { name: 'Cassandra role' }), 'Ada');
    await userEvent.fill(password, 'a phrase');
    await userEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(sent).toEqual([{ name: 'Ada', password: 'a phrase', cluster: 'production' }]);
    await expect.element(password).toHaveValue('');
    await expect.element(password).toHaveFocus();
  });
});
