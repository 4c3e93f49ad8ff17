import { describe, expect, it } from 'vitest';
import type { ApiError } from '@/lib/contract/errors';
import { fieldErrorsOf } from './field-errors';

const refused = (message: string, more: Partial<ApiError> = {}): ApiError => ({
  code: 'invalid_request',
  message,
  retryable: false,
  ...more,
});
const at = (error: ApiError, ...columns: string[]) => [...fieldErrorsOf(error, columns)];

describe('the column of a refused key’s error', () => {
  it('is the one that its message starts with', () => {
    expect(at(refused('day: expected a date'), 'origin', 'day')).toEqual([['day', 'expected a date']]);
    expect(at(refused('tags[2]: expected an int'), 'tags', 'day')).toEqual([['tags', 'tags[2]: expected an int']]);
    expect(at(refused('day: no', { hint: 'As 2001-01-09.' }), 'origin', 'day')).toEqual([['day', 'no As 2001-01-09.']]);
  });

  it('is not one whose name only starts alike, or is elsewhere in the text', () => {
    expect(at(refused('birthday: expected a date'), 'birth', 'day')).toEqual([]);
    expect(at(refused('a.b: expected a date'), 'a', 'a.b')).toEqual([['a.b', 'expected a date']]);
  });

  it('is the only column, and none for errors that are not about values', () => {
    expect(at(refused('expected a date'), 'day')).toEqual([['day', 'expected a date']]);
    expect(at({ ...refused('day: gone'), code: 'cluster_unreachable' }, 'day')).toEqual([]);
  });
});
