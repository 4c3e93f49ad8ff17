import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import * as z from 'zod/mini';
import { useStored } from './stored-state';
import { render } from './test-render';

const KEY = 'ringside.test.words';
const schema = z.array(z.string());
const NONE: string[] = [];
const merge = (_base: string[], own: string[], incoming: string[]) => [...new Set([...incoming, ...own])];

function Words() {
  const [words, stored] = useStored({ key: KEY, schema, fallback: NONE, merge });
  return (
    <>
      <output>{words.join(' ')}</output>
      <button type="button" onClick={() => stored.update((now) => [...now, `own${now.length}`])}>
        Add
      </button>
    </>
  );
}

const kept = () => localStorage.getItem(KEY);
/** As another tab does; its event is still on its way. */
const writeElsewhere = (words: readonly string[]) => localStorage.setItem(KEY, JSON.stringify(words));

it('merges what another tab has written since, each time before it writes', async () => {
  localStorage.removeItem(KEY);
  render(<Words />);
  const add = page.getByRole('button', { name: 'Add' });
  writeElsewhere(['other']);
  await userEvent.click(add);
  await expect.poll(kept).toBe('["other","own0"]');
  await expect.element(page.getByRole('status')).toHaveTextContent('other own0');
  await userEvent.click(add);
  await expect.poll(kept).toBe('["other","own0","own2"]');
  writeElsewhere(['third', 'other', 'own0', 'own2']);
  await userEvent.click(add);
  await expect.poll(kept).toBe('["third","other","own0","own2","own3"]');
});

it('leaves out what it cannot use of another tab’s text, and writes over it', async () => {
  localStorage.setItem(KEY, '["first"]');
  render(<Words />);
  await expect.element(page.getByRole('status')).toHaveTextContent('first');
  localStorage.setItem(KEY, 'not JSON');
  await userEvent.click(page.getByRole('button', { name: 'Add' }));
  await expect.poll(kept).toBe('["first","own1"]');
});

const asKept = (words: string[]) => words.filter((word) => !word.startsWith('own'));
function Halves() {
  const [words, stored] = useStored({ key: KEY, schema, fallback: NONE, merge, asKept });
  const add = () => stored.update((now) => [...now, `own${now.length}`, `kept${now.length}`]);
  return (
    <>
      <output>{words.join(' ')}</output>
      <button type="button" onClick={add}>
        Add
      </button>
    </>
  );
}

it('writes what may be kept of it, and merges what another tab wrote without losing the rest', async () => {
  localStorage.removeItem(KEY);
  render(<Halves />);
  const add = page.getByRole('button', { name: 'Add' });
  await userEvent.click(add);
  await expect.poll(kept).toBe('["kept0"]');
  writeElsewhere(['kept0', 'other']);
  await userEvent.click(add);
  await expect.poll(kept).toBe('["kept0","other","kept2"]');
  await expect.element(page.getByRole('status')).toHaveTextContent('kept0 other own0 own2 kept2');
});
