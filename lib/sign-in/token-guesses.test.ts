import { describe, expect, it } from 'vitest';
import { TokenGuesses } from './token-guesses';

describe('guesses of API tokens', () => {
  it('are stopped after fifty different ones from an address, for a quarter of an hour', () => {
    let nowMs = 0;
    const guesses = new TokenGuesses(() => nowMs);
    for (let count = 0; count < 49; count++) guesses.wrong(`hash ${count}`, '10.0.0.1');
    expect(guesses.isStopped('10.0.0.1')).toBe(false);
    guesses.wrong('hash 49', '10.0.0.1');
    expect([guesses.isStopped('10.0.0.1'), guesses.isStopped('10.0.0.2')]).toEqual([true, false]);
    nowMs = 15 * 60_000;
    expect(guesses.isStopped('10.0.0.1')).toBe(false);
  });

  it('count once each: a program with an old token is not stopped, and stops no other', () => {
    const guesses = new TokenGuesses(() => 0);
    for (let count = 0; count < 1_000; count++) guesses.wrong('the same', '10.0.0.1');
    expect(guesses.isStopped('10.0.0.1')).toBe(false);
  });
});
