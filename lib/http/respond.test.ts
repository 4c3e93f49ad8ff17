import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { ERROR_CODES, errorBodySchema } from '@/lib/contract/errors';
import { Failure } from '@/lib/failure';
import { errorResponse, json } from './respond';

const failureOf = (code: (typeof ERROR_CODES)[number]) =>
  new Failure({ code, message: 'said', detail: 'the raw error', retryable: true });
const schema = z.strictObject({ rows: z.int(), name: z.string() });

afterEach(() => vi.restoreAllMocks());

describe('an error response', () => {
  it.each(ERROR_CODES)('for %s has an error status and the contract’s body', async (code) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = errorResponse(failureOf(code));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(600);
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(errorBodySchema.parse(await response.json()).error).toMatchObject({
      code,
      message: 'said',
      retryable: true,
    });
  });

  it.each([
    ['invalid_request', 400],
    ['syntax_error', 400],
    ['read_only', 403],
    ['not_found', 404],
    ['cursor_refused', 409],
    ['confirmation_required', 409],
    ['internal_error', 500],
    ['authentication_failed', 502],
    ['cluster_unreachable', 503],
    ['request_timeout', 504],
  ] as const)('for %s is %d', (code, status) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(errorResponse(failureOf(code)).status).toBe(status);
  });

  it('keeps the text of an internal error in the log', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = new TypeError('password is hunter2');
    const response = errorResponse(error);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(log).toHaveBeenCalledExactlyOnceWith(error);
  });

  it('from Cassandra includes its detail', async () => {
    expect(await errorResponse(failureOf('read_failure')).text()).toContain('the raw error');
  });
});

describe('a response', () => {
  it('never sends what is not in its contract', () => {
    expect(() => json(schema, { rows: 1.5, name: 'x' })).toThrow();
  });
});
