import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '@/lib/contract/errors';
import { faultOutcome } from './outcome';

describe('a row that failed', () => {
  it('is unknown where the write may have been applied', () => {
    const unknown = ERROR_CODES.filter((code) => faultOutcome(code, true, true) === 'unknown');
    expect(unknown).toEqual(
      expect.arrayContaining([
        'write_timeout',
        'write_failure',
        'request_timeout',
        'cluster_unreachable',
        'server_error',
        'internal_error',
      ]),
    );
    for (const code of ['invalid_statement', 'invalid_request', 'not_enough_replicas', 'overloaded'] as const)
      expect(unknown).not.toContain(code);
  });

  it('changed nothing where it was not sent, or only read', () => {
    for (const code of ERROR_CODES) {
      expect(faultOutcome(code, true, false)).toBe('refused');
      expect(faultOutcome(code, false, true)).toBe('refused');
    }
  });
});
