import { useLayoutEffect } from 'react';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { type LaterModule, useLaterModule } from './later-module';
import { render } from './test-render';

interface Words {
  readonly word: string;
}

const WORDS: Words = { word: 'rows' };

/** A view of the code, and whatever happens between its first drawing and its effects. */
function View({ later, onDrawn }: { later: LaterModule<Words>; onDrawn?: () => void }) {
  const words = useLaterModule(later);
  useLayoutEffect(() => onDrawn?.());
  return <p>{words?.word ?? 'a frame'}</p>;
}

describe('code that comes later', () => {
  it('is shown when it is here already', async () => {
    render(<View later={{ held: WORDS, load: async () => WORDS }} />);
    await expect.element(page.getByText('rows')).toBeVisible();
  });

  it('is shown when it has come, a frame until then', async () => {
    let come = () => {};
    const coming = new Promise<void>((resolve) => {
      come = resolve;
    });
    const later: LaterModule<Words> = {
      held: undefined,
      load: async () => {
        await coming;
        later.held = WORDS;
        return WORDS;
      },
    };
    render(<View later={later} />);
    await expect.element(page.getByText('a frame')).toBeVisible();
    come();
    await expect.element(page.getByText('rows')).toBeVisible();
  });

  it('is shown when it comes between the first drawing and the effects', async () => {
    const later: LaterModule<Words> = { held: undefined, load: () => new Promise(() => undefined) };
    const come = () => {
      later.held = WORDS;
    };
    render(<View later={later} onDrawn={come} />);
    await expect.element(page.getByText('rows')).toBeVisible();
  });
});
