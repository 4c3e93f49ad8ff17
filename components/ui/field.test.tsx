import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Field } from './field';
import { Input } from './input';
import { render } from './test-render';

const port = page.getByRole('textbox', { name: 'Port' });

function field(error?: string) {
  return (
    <Field label="Port" hint="Usually 9042." error={error}>
      {(control) => <Input {...control} />}
    </Field>
  );
}

describe('a field', () => {
  it('ties its label and its hint to the control', async () => {
    render(field());
    await expect.element(port).toHaveAccessibleDescription('Usually 9042.');
    await expect.element(port).not.toHaveAttribute('aria-invalid');
    await userEvent.click(page.getByText('Port'));
    await expect.element(port).toHaveFocus();
  });

  it('says what is wrong in place of the hint, and keeps what is being typed', async () => {
    const { again } = render(field());
    await userEvent.fill(port, '70000');
    again(field('A port is a number from 1 to 65535.'));
    await expect.element(port).toHaveAccessibleDescription('A port is a number from 1 to 65535.');
    await expect.element(port).toHaveAttribute('aria-invalid', 'true');
    await expect.element(port).toHaveValue('70000');
  });
});
