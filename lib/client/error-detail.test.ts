import { expect, it } from 'vitest';
import { errorDetail } from './error-detail';

it.each([
  [{}, undefined],
  [{ detail: '' }, undefined],
  [{ detail: 'line 1:7 no viable alternative' }, 'line 1:7 no viable alternative'],
  [{ requestId: '0a1b' }, 'Request 0a1b'],
  [{ detail: 'the cause', requestId: '0a1b' }, 'the cause\nRequest 0a1b'],
])('The details of %o are %j', (error, text) => {
  expect(errorDetail(error)).toBe(text);
});
