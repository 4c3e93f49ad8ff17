import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { NEW_CLUSTER } from '@/lib/cluster/edit-form';
import type { ClusterEdit } from '@/lib/contract/configured';
import { ClusterEditor } from './cluster-editor';

const SECRETS = [{ name: 'prod', contactPoints: ['10.0.0.1'] }];
const review = page.getByRole('button', { name: 'Review the change' });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

function draw(edit: ClusterEdit, secrets = SECRETS) {
  const onReview = vi.fn<(cluster: ClusterEdit) => void>();
  render(<ClusterEditor edit={edit} secrets={secrets} onReview={onReview} onCancel={vi.fn()} />);
  return onReview;
}

describe('the form of a cluster', () => {
  it('names the fields that are missing and reviews nothing', async () => {
    const onReview = draw(NEW_CLUSTER);
    await userEvent.fill(field('Port'), '0');
    await userEvent.click(review);
    for (const name of ['Name', 'Contact points', 'Port']) {
      await expect.element(field(name)).toHaveAttribute('aria-invalid', 'true');
    }
    expect(onReview).not.toHaveBeenCalled();
  });

  it('reviews what was typed, with a secret of the list by its name', async () => {
    const onReview = draw(NEW_CLUSTER);
    await userEvent.fill(field('Name'), 'staging');
    await userEvent.fill(field('Contact points'), '10.0.0.1, 10.0.0.2');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'User' }), 'typed here');
    await userEvent.fill(field('User name'), 'ada');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Password' }), 'secret:prod');
    await userEvent.click(page.getByRole('checkbox', { name: 'Use TLS' }));
    await userEvent.click(review);
    expect(onReview.mock.calls).toEqual([
      [
        {
          ...NEW_CLUSTER,
          name: 'staging',
          contactPoints: ['10.0.0.1', '10.0.0.2'],
          username: { text: 'ada' },
          password: { secret: 'prod' },
          tls: { verify: true },
        },
      ],
    ]);
  });

  it('keeps a login that it cannot show, and the name', async () => {
    const edit: ClusterEdit = {
      ...NEW_CLUSTER,
      name: 'a',
      isNew: false,
      contactPoints: ['10.0.0.1'],
      username: 'kept',
      password: 'kept',
      tls: { serverName: 'db', verify: true },
    };
    const onReview = draw(edit);
    await expect.element(field('Name')).toHaveAttribute('readonly');
    await expect.element(page.getByRole('combobox', { name: 'Password' })).toHaveDisplayValue('as in the file');
    await userEvent.fill(field('Label'), 'A');
    await userEvent.click(review);
    expect(onReview.mock.calls).toEqual([[{ ...edit, label: 'A' }]]);
  });

  it('offers no password to type, and says where secrets come from', async () => {
    draw(NEW_CLUSTER, []);
    await expect
      .element(page.getByRole('combobox', { name: 'Password' }))
      .toHaveAccessibleDescription(/list “secrets”/);
    expect(document.querySelectorAll('input[type=password]')).toHaveLength(0);
  });
});
