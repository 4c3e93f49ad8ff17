import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { ApiFailure } from '@/lib/client/http';
import { ActionButton } from './action-button';

const ENDED = { code: 'invalid_request', message: 'The job has ended.', retryable: false } as const;
const button = page.getByRole('button', { name: 'Pause' });

function action(act: () => Promise<unknown>) {
  render(
    <ActionButton act={act} list={['jobs']} icon={null}>
      Pause
    </ActionButton>,
  );
}

describe('an action on a transfer', () => {
  it('is sent once, however often it is pressed before the answer', async () => {
    const answers: (() => void)[] = [];
    const act = vi.fn(() => new Promise<void>((answer) => answers.push(answer)));
    action(act);
    await userEvent.click(button);
    await expect.element(button).toHaveAttribute('aria-busy', 'true');
    button.element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(act).toHaveBeenCalledTimes(1);
    answers[0]?.();
    await expect.element(button).not.toHaveAttribute('aria-busy');
  });

  it('says why it was refused, and can be retried', async () => {
    const act = vi.fn(() => Promise.reject(new ApiFailure(ENDED, 409)));
    action(act);
    await userEvent.click(button);
    await expect.element(page.getByRole('alert')).toHaveTextContent('The job has ended.');
    await userEvent.click(button);
    expect(act).toHaveBeenCalledTimes(2);
  });
});
