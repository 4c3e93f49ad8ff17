import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { ERROR_CODES, errorBodySchema } from '@/lib/contract/errors';
import { JSON_DEPTH, LISTED_FAULTS, URL_JSON_CHARACTERS } from '@/lib/contract/limits';
import { errorResponse, json, jsonParameter, parseInput, readBody, route } from './respond';

const failureOf = (code: (typeof ERROR_CODES)[number]) =>
  new CassandraFailure({ code, message: 'said', detail: 'the raw error', retryable: true });
const post = (body: BodyInit, headers = {}) =>
  new Request('http://localhost/api', { method: 'POST', body, headers, ...{ duplex: 'half' } });
const schema = z.strictObject({ rows: z.int(), name: z.string() });

afterEach(() => vi.restoreAllMocks());

describe('an error answer', () => {
  it.each(ERROR_CODES)('for %s has a status of failure and the contract’s body', async (code) => {
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

  it('of Cassandra carries its detail', async () => {
    expect(await errorResponse(failureOf('read_failure')).text()).toContain('the raw error');
  });
});

describe('a route', () => {
  const context = { params: Promise.resolve({ cluster: 'demo' }) };

  it('answers what its handler gives, with the parameters of its path', async () => {
    const handler = route(async (_request, { cluster }: { cluster: string }) => json(z.string(), cluster, 201));
    const response = await handler(new Request('http://localhost/'), context);
    expect([response.status, await response.json()]).toEqual([201, 'demo']);
  });

  it('answers what its handler throws as an error of the contract', async () => {
    const handler = route(async () => Promise.reject(failureOf('not_found')));
    expect((await handler(new Request('http://localhost/'), { params: Promise.resolve({}) })).status).toBe(404);
  });

  it('says nothing to a reader who has left', async () => {
    const request = new Request('http://localhost/', { signal: AbortSignal.abort() });
    const handler = route(async () => Promise.reject(new Error('aborted')));
    expect((await handler(request, { params: Promise.resolve({}) })).status).toBe(499);
  });

  it('never answers what is not in its contract', () => {
    expect(() => json(schema, { rows: 1.5, name: 'x' })).toThrow();
  });
});

describe('what a request brings', () => {
  it('is parsed by its schema', async () => {
    expect(await readBody(schema, post('{"rows":1,"name":"ü"}'))).toEqual({ rows: 1, name: 'ü' });
  });

  it('names every field at fault', () => {
    const parse = () => parseInput(schema, { rows: 'many', other: 1 });
    expect(parse).toThrow(/rows: .*; name: .*other/);
  });

  it.each(['', '{', 'undefined'])('that is no JSON is refused: %j', async (body) => {
    await expect(readBody(schema, post(body))).rejects.toThrow('body is not JSON');
  });

  it('is refused when it is too large, whether it says so or not', async () => {
    const piece = new TextEncoder().encode(' '.repeat(64 * 1024));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
    await expect(readBody(schema, post(endless))).rejects.toThrow('larger than 4194304 bytes');
    expect(sent).toBeLessThan(5 * 1024 * 1024);
    await expect(readBody(schema, post(' '.repeat(4_194_305)))).rejects.toThrow('larger than');
  });

  it('can be JSON in a parameter', () => {
    const search = new URLSearchParams({ good: '[1]', bad: '[' });
    expect(jsonParameter(search, 'good')).toEqual([1]);
    expect(jsonParameter(search, 'absent')).toBeUndefined();
    expect(() => jsonParameter(search, 'bad')).toThrow('The parameter “bad” is not JSON.');
  });

  it.each(['['.repeat(2_000_000), `{"rows":${'['.repeat(5_000)}${']'.repeat(5_000)}}`])(
    'that is nested without end is refused on its text',
    async (body) => {
      await expect(readBody(schema, post(body))).rejects.toThrow(`JSON nested more than ${JSON_DEPTH} deep`);
      const search = new URLSearchParams({ bad: body.slice(0, 1_000) });
      expect(() => jsonParameter(search, 'bad')).toThrow(
        `The parameter “bad” is JSON nested more than ${JSON_DEPTH} deep`,
      );
    },
  );

  it('lists some of very many faults', async () => {
    const message =
      (await readBody(z.array(z.int()), post(JSON.stringify(Array(60_000).fill('x')))).catch(String)) ?? '';
    expect(message).toContain(`; and ${60_000 - LISTED_FAULTS} more.`);
    expect(String(message).length).toBeLessThan(1_000);
  });

  it('in a parameter has a length', () => {
    const search = new URLSearchParams({ long: JSON.stringify('x'.repeat(URL_JSON_CHARACTERS)) });
    expect(() => jsonParameter(search, 'long')).toThrow('The parameter “long” is longer than');
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))(
    'with a field %s that nobody knows is refused',
    async (name) => {
      const body = `{"rows":1,"name":"x","${name}":1}`;
      await expect(readBody(schema, post(body))).rejects.toThrow(name);
    },
  );
});
