import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure, call, send } from './http';
import { readLines } from './lines';

const fetched = vi.fn<typeof fetch>();
const { signal } = new AbortController();
const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
/** The only request sent. */
const sent = () => {
  const [address, init] = fetched.mock.calls[0] ?? [];
  const headers = Object.fromEntries(new Headers(init?.headers));
  return { address, headers, method: init?.method, body: init?.body };
};

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
});

describe('a call', () => {
  it('of a GET sends its input in the address, marked as intended', async () => {
    fetched.mockResolvedValue(answer({ ddl: 'CREATE', coordinator: 'a' }));
    const input = { keyspace: 'a b', table: 'T' };
    const { ddl } = await call((to) => to.describe.get, { cluster: 'x/y', input }, { signal });
    expect(ddl).toBe('CREATE');
    expect(sent()).toEqual({
      address: '/api/clusters/x%2Fy/describe?keyspace=a+b&table=T',
      headers: { 'x-ringside': '1' },
      method: 'GET',
      body: null,
    });
  });

  it('of a POST sends it as JSON without losing a digit', async () => {
    fetched.mockResolvedValue(answer({ token: '1', replicas: [] }));
    const input = { keyspace: 'ks', table: 't', key: { k: -0 } };
    await call((to) => to.replicas.post, { cluster: 'demo', input });
    expect(sent()).toEqual({
      address: '/api/clusters/demo/replicas',
      headers: { 'content-type': 'application/json', 'x-ringside': '1' },
      method: 'POST',
      body: '{"keyspace":"ks","table":"t","key":{"k":-0}}',
    });
  });

  it('without input sends nothing', async () => {
    fetched.mockResolvedValue(answer({ ticket: 'x' }));
    await call((to) => to.tickets.post, {});
    expect(sent()).toEqual({
      address: '/api/tickets',
      headers: { 'x-ringside': '1' },
      method: 'POST',
      body: null,
    });
  });

  it('rejects a response that does not match its endpoint', async () => {
    fetched.mockResolvedValue(answer({ clusters: [{ name: 1 }] }));
    const failure = await call((to) => to.clusters.get, {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ error: { code: 'malformed_response' }, status: 200 });
  });

  it('fails with the error in the response', async () => {
    fetched.mockResolvedValue(answer({ error: { code: 'not_found', message: 'gone', retryable: false } }, 404));
    const failure = await send((to) => to.job.delete, { id: 'a' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ error: { code: 'not_found', message: 'gone' }, status: 404 });
  });
});

it('each line is checked against the endpoint’s schema, however the lines are cut', async () => {
  const line = JSON.stringify({ end: { rows: 2, elapsedMs: 1, statement: 'SELECT' } });
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of [line.slice(0, 9), `${line.slice(9)}\n{"end":`, '{}}\n']) {
        controller.enqueue(new TextEncoder().encode(text));
      }
      controller.close();
    },
  });
  fetched.mockResolvedValue(new Response(body));
  const input = { keyspace: 'ks', table: 't' };
  const lines = readLines((to) => to.count.post, { cluster: 'demo', input }, signal);
  expect((await lines.next()).value).toEqual({ end: { rows: 2, elapsedMs: 1, statement: 'SELECT' } });
  await expect(lines.next()).rejects.toMatchObject({ error: { code: 'malformed_response' } });
});
