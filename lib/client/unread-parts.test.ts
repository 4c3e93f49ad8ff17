import { describe, expect, it } from 'vitest';
import { unreadIn } from './unread-parts';

const FORMS = {
  size: { canRead: (text: string) => /^\d+$/.test(text), expected: 'expected a number' },
  list: { canRead: (text: string) => text.startsWith('['), expected: 'expected a list', isJson: true },
};

describe('the parts of an address', () => {
  it.each([
    ['', []],
    ['size=1&list=[]&other=x', []],
    ['size=x', ['size: expected a number']],
    ['size=', ['size: expected a number']],
    ['list=7', ['list: expected a list']],
    ['list={', ['list: not valid JSON']],
    ['size=1&size=2', ['size: given more than once']],
    ['list=7&size=x', ['size: expected a number', 'list: expected a list']],
  ])('of %j that cannot be read: %j', (search, expected) => {
    expect(unreadIn(search, FORMS).map(({ name, why }) => `${name}: ${why}`)).toEqual(expected);
  });
});
