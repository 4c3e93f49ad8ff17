import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from './test-render';
import { Tip } from './tip';

const note = page.getByRole('note');
const tips = (
  <>
    <Tip name="test">The first lesson</Tip>
    <Tip name="test">The same lesson elsewhere</Tip>
    <Tip name="other">Another lesson</Tip>
    <button type="button">After</button>
  </>
);

describe('a tip', () => {
  it('is dismissed for good, wherever it is shown, and the keyboard goes on from its place', async () => {
    onTestFinished(() => window.localStorage.removeItem('ringside.tip.test'));
    const { again } = render(tips);
    await expect.element(note).toHaveLength(3);
    await userEvent.click(page.getByRole('button', { name: 'Dismiss this tip' }).first());
    await expect.element(note).toHaveTextContent('Another lesson');
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('button', { name: 'Dismiss this tip' })).toHaveFocus();
    again(null);
    again(tips);
    await expect.element(note).toHaveTextContent('Another lesson');
  });
});
