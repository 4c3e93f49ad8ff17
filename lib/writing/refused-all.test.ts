import { describe, expect, it } from 'vitest';
import type { ApiError } from '@/lib/contract/errors';
import { refusalOfAll } from './refused-all';

const refused = (message: string, detail?: string): ApiError => ({
  ...{ code: 'invalid_statement', message, retryable: false },
  ...(detail === undefined ? {} : { detail }),
});

describe('a refusal of every row', () => {
  it.each([
    ['Guardrail user_timestamps violated: User provided timestamps is not allowed', /user_timestamps_enabled/],
    ['Guardrail write_consistency_levels violated: Provided values [ALL] are not allowed', /another consistency level/],
  ])('is known by its guardrail: %s', (message, hint) => {
    const found = refusalOfAll(refused(message));
    expect(found?.message).toBe(`Stopped at the first row, as all would be refused: ${message}`);
    expect(found?.hint).toMatch(hint);
    expect(refusalOfAll(refused('Refused.', message))?.hint).toMatch(hint);
  });

  it.each(['Guardrail collection_size violated: Detected collection m of size 2KiB', 'Expected 4 or 0 byte int (3)'])(
    'is not: %s',
    (message) => {
      expect(refusalOfAll(refused(message))).toBeNull();
    },
  );
});
