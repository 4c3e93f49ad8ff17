import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { evidenceText } from './evidence-text';
import { MuteForm } from './mute-form';
import { verdictStates } from './verdict.states';

describe('the verdict', () => {
  it('opens a finding to its evidence, meaning and statement, which is only opened in the editor', async () => {
    render(verdictStates.states.findings?.draw());
    await expect.element(page.getByRole('status')).toHaveTextContent('3 findings: 1 serious, 1 warning, 1 notice');
    await page.getByText('logs.lines has a partition').click();
    await expect.element(page.getByRole('rowheader', { name: 'Largest partition' })).toBeVisible();
    await expect.element(page.getByRole('cell', { name: '1,204 MiB' })).toBeVisible();
    const link = page.getByRole('link', { name: 'Open in the editor' });
    expect(link.element().getAttribute('href')).toContain('/demo/query?statement=SELECT+keyspace_name');
  });

  it('claims health only as far as is known, and names the GRANT that helps', async () => {
    render(verdictStates.states['something is not known']?.draw());
    await expect
      .element(page.getByRole('status'))
      .toHaveTextContent('Healthy, as far as can be known: 3 nodes answered');
    await page.getByText('1 thing that cannot be known now').click();
    await expect.element(page.getByText('GRANT SELECT ON KEYSPACE system_views TO reader')).toBeVisible();
  });

  it('keeps what is muted folded, with its reason and its end', async () => {
    render(verdictStates.states['one is muted']?.draw());
    await page.getByText('1 muted').click();
    await page.getByText('logs has one replica').click();
    await expect.element(page.getByText('Muted until 2026-12-06 by anonymous: Only a cache')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Show again' })).toBeVisible();
  });
});

describe('muting', () => {
  it('asks for a reason and a time, by keys alone, and says what failed', async () => {
    const asked: unknown[] = [];
    const refuse = (...given: unknown[]) => {
      asked.push(given);
      return Promise.reject(new Error('The disk is full.'));
    };
    render(<MuteForm onMute={refuse} />);
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(page.getByRole('button', { name: 'Mute' })).toBeDisabled();
    await userEvent.keyboard('  on purpose ');
    await page.getByRole('combobox', { name: 'Hide for' }).selectOptions('30 days');
    await page.getByRole('button', { name: 'Mute' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
    expect(asked).toEqual([['on purpose', 30]]);
  });
});

describe('evidence', () => {
  it('has its unit', () => {
    const texts = [
      { value: 'Murmur3', unit: null },
      { value: 2_048, unit: 'bytes' },
      { value: 1_204, unit: 'MiB' },
      { value: -3, unit: 'ms' },
      { value: 0.25, unit: 'share' },
      { value: 12_000, unit: 'count' },
    ] as const;
    expect(texts.map(evidenceText)).toEqual(['Murmur3', '2.00 KiB', '1,204 MiB', '−3 ms', '25 %', '12,000']);
  });
});
