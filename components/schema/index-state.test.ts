import { describe, expect, it } from 'vitest';
import { indexStateInWords } from './index-state';

const node = (address: string, state: 'ready' | 'building' | 'not_ready' | 'unknown', reason?: string) => {
  return { node: address, state, ...(reason === undefined ? {} : { reason }) };
};

describe('the state of an index', () => {
  it('is one word where all nodes agree', () => {
    expect(indexStateInWords([node('a', 'ready'), node('b', 'ready')])).toEqual({
      tone: 'ok',
      words: 'ready on all 2 nodes',
    });
    expect(indexStateInWords([node('a', 'unknown', 'down')])).toEqual({
      tone: 'neutral',
      words: 'unknown on the node: down',
    });
    expect(indexStateInWords([])).toMatchObject({ tone: 'neutral' });
  });

  it('names the nodes that are not ready otherwise', () => {
    expect(indexStateInWords([node('a', 'ready'), node('b', 'building'), node('c', 'not_ready')])).toEqual({
      tone: 'danger',
      words: 'being built on b, not usable on c',
    });
  });
});
