import { describe, expect, it } from 'vitest';
import { menuTarget } from './menu-keys';

const LABELS = ['Light', 'Dark', 'Dim', 'As the system'];
const press = (at: number, key: string, typed = '') => menuTarget(LABELS, at, { key, typed });

describe('a key in a menu', () => {
  it('moves by one and stays at the ends', () => {
    expect([press(-1, 'ArrowDown'), press(0, 'ArrowDown'), press(3, 'ArrowDown')]).toEqual([0, 1, 3]);
    expect([press(-1, 'ArrowUp'), press(2, 'ArrowUp'), press(0, 'ArrowUp')]).toEqual([3, 1, 0]);
  });

  it('goes to the first and the last item', () => {
    expect([press(2, 'Home'), press(2, 'PageUp'), press(0, 'End'), press(0, 'PageDown')]).toEqual([0, 0, 3, 3]);
  });

  it('that is a letter goes to the next item that begins with it, round the end', () => {
    expect([press(-1, 'd', 'd'), press(1, 'd', 'dd'), press(2, 'D', 'D'), press(3, 'a', 'a')]).toEqual([1, 2, 1, 3]);
  });

  it('that continues a word stays where the word is still right', () => {
    expect([press(1, 'a', 'da'), press(1, 'i', 'di'), press(0, ' ', 'as ')]).toEqual([1, 2, 3]);
  });

  it('leads nowhere when nothing has that name', () => {
    expect([press(0, 'x', 'x'), press(0, 'Tab'), menuTarget([], -1, { key: 'ArrowDown', typed: '' })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
