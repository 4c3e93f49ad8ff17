import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { ApiFailure } from '@/lib/client/http';
import { FailureState } from './failure-state';

const alert = page.getByRole('alert');

describe('a request that failed', () => {
  it('says why, what to do, and the cause', async () => {
    const refused = { message: 'You may not read it.', hint: 'Ask for SELECT.', retryable: false };
    const error = new ApiFailure({ code: 'unauthorized', ...refused }, 403);
    render(<FailureState title="Could not read the schema" error={error} />);
    await expect.element(alert).toHaveTextContent('Could not read the schema');
    await expect.element(alert).toHaveTextContent('Ask for SELECT.');
  });

  it('stays quiet while nothing can be reached, which the strip above the page says, and can be retried', async () => {
    const onRetry = vi.fn();
    const lost = { code: 'cluster_unreachable', message: 'No node answers.', retryable: true } as const;
    render(<FailureState title="Could not read the schema" error={new ApiFailure(lost, 503)} onRetry={onRetry} />);
    await expect.element(page.getByText('Not loaded yet: waiting for the connection.')).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});
