import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { OffersCommands, useCommands, useOfferCommands } from './commands';
import { render } from './test-render';

const offered = (run: () => void) => [{ id: 'rows.find', label: 'Find in loaded rows', group: 'Rows', run }];

function Offering({ commands }: { commands: ReturnType<typeof offered> }) {
  useOfferCommands(commands);
  return null;
}

function Listed() {
  return useCommands().map(({ id, label, run }) => (
    <button key={id} type="button" onClick={run}>
      {label}
    </button>
  ));
}

describe('commands', () => {
  it('come from the view in front alone, and never stand in the list twice', async () => {
    const [front, hidden] = [vi.fn(), vi.fn()];
    const [frontOnes, hiddenOnes] = [offered(front), offered(hidden)];
    const views = (inFront: boolean) => (
      <>
        <OffersCommands value={inFront}>
          <Offering commands={frontOnes} />
        </OffersCommands>
        <OffersCommands value={!inFront}>
          <Offering commands={hiddenOnes} />
        </OffersCommands>
        <Listed />
      </>
    );
    const { again } = render(views(true));
    const find = page.getByRole('button', { name: 'Find in loaded rows' });
    await find.click();
    expect([front.mock.calls.length, hidden.mock.calls.length]).toEqual([1, 0]);
    again(views(false));
    await find.click();
    expect([front.mock.calls.length, hidden.mock.calls.length]).toEqual([1, 1]);
    again(
      <>
        <Offering commands={frontOnes} />
        <Offering commands={hiddenOnes} />
        <Listed />
      </>,
    );
    expect(find.elements()).toHaveLength(1);
  });
});
