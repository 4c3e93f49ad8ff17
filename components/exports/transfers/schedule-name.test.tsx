import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { SCHEDULE } from '@/components/repeat/test-schedules';
import { render } from '@/components/ui/test-render';
import { ScheduleName } from './schedule-name';

afterEach(() => vi.restoreAllMocks());

describe('the schedule of a job', () => {
  const show = (id: string) => {
    vi.spyOn(window, 'fetch').mockImplementation(async () =>
      Response.json({ schedules: [SCHEDULE], webhooks: [], standstill: null }),
    );
    render(<ScheduleName schedule={{ id, name: 'nightly', run: 'run' }} />);
  };

  it('is named, with a link to it', async () => {
    show(SCHEDULE.id);
    await expect.element(page.getByRole('link', { name: 'nightly' })).toHaveAttribute('href', '#schedule-nightly');
  });

  it('is only named once it is gone, even where another one has its name', async () => {
    show('an earlier one');
    await vi.waitFor(() => expect(window.fetch).toHaveBeenCalled());
    await expect.element(page.getByText('nightly')).toBeVisible();
    await expect.element(page.getByRole('link')).not.toBeInTheDocument();
  });
});
