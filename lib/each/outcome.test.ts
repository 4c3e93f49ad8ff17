import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '@/lib/contract/errors';
import { faultOutcome } from './outcome';

const SENT = { isWrite: true, isConditional: false, isSent: true };

describe('a row that failed', () => {
  it('is unknown where the write may have been applied', () => {
    const unknown = ERROR_CODES.filter((code) => faultOutcome(code, SENT) === 'unknown');
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

  it('is unknown where Paxos may have accepted the change before its commit was refused', () => {
    expect(faultOutcome('not_enough_replicas', { ...SENT, isConditional: true })).toBe('unknown');
    expect(faultOutcome('invalid_statement', { ...SENT, isConditional: true })).toBe('refused');
  });

  it('changed nothing where it was not sent, or only read', () => {
    for (const code of ERROR_CODES) {
      expect(faultOutcome(code, { ...SENT, isSent: false })).toBe('refused');
      expect(faultOutcome(code, { ...SENT, isWrite: false })).toBe('refused');
    }
  });
});
