import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { EMPTY_FORM, type FieldErrors, requestOf } from '@/lib/cluster/connect';
import { ConnectForm } from './connect-form';

/** The form as its page keeps it: errors come with a test and go with a change. */
function Connecting({ onTest, testing = false }: { onTest: (request: unknown) => void; testing?: boolean }) {
  const [form, setForm] = useState(EMPTY_FORM);
  const [errors, setErrors] = useState<FieldErrors>({});
  const test = () => {
    const asked = requestOf(form);
    setErrors('errors' in asked ? asked.errors : {});
    if ('request' in asked) onTest(asked.request);
  };
  return (
    <ConnectForm
      form={form}
      errors={errors}
      onChange={(change) => setForm({ ...form, ...change })}
      datacenters={['dc1']}
      testing={testing}
      onTest={test}
    />
  );
}

const contactPoints = page.getByRole('textbox', { name: 'Contact points' });
const port = page.getByRole('textbox', { name: 'Port' });

describe('the form of a connection', () => {
  it('names the fields that are wrong, and asks for nothing', async () => {
    const onTest = vi.fn();
    render(<Connecting onTest={onTest} />);
    await userEvent.fill(port, '0');
    await userEvent.keyboard('{Enter}');
    await expect.element(contactPoints).toHaveAttribute('aria-invalid', 'true');
    await expect.element(port).toHaveAttribute('aria-invalid', 'true');
    await expect.element(port).toHaveAccessibleDescription(/65535/);
    expect(onTest).not.toHaveBeenCalled();
  });

  it('asks with what was typed, at Enter in any field', async () => {
    const onTest = vi.fn();
    render(<Connecting onTest={onTest} />);
    await userEvent.fill(contactPoints, '10.0.0.1, 10.0.0.2');
    await userEvent.fill(page.getByRole('combobox', { name: 'Local datacenter' }), 'dc1');
    await userEvent.keyboard('{Enter}');
    expect(onTest.mock.calls).toEqual([
      [{ contactPoints: ['10.0.0.1', '10.0.0.2'], port: 9042, localDatacenter: 'dc1', tls: null }],
    ]);
  });

  it('never shows a password, and shows what TLS needs only with TLS', async () => {
    render(<Connecting onTest={vi.fn()} />);
    await expect.element(page.getByLabelText('Password')).toHaveAttribute('type', 'password');
    const serverName = page.getByRole('textbox', { name: 'Server name' });
    await expect.element(serverName).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('checkbox', { name: 'Use TLS' }));
    await expect.element(serverName).toBeVisible();
  });

  it('cannot be sent twice while a test runs', async () => {
    const onTest = vi.fn();
    render(<Connecting onTest={onTest} testing />);
    await userEvent.fill(contactPoints, '10.0.0.1');
    const submit = page.getByRole('form').getByRole('button');
    await expect.element(submit).toHaveAttribute('aria-busy', 'true');
    submit.element().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    expect(onTest).not.toHaveBeenCalled();
  });
});
