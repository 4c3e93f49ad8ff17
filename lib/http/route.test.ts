import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { type AuditEntry, auditConfigSchema } from '@/lib/contract/audit';
import { addressOf, type Endpoint, NO_INPUT } from '@/lib/contract/endpoint';
import { endpointRow } from '@/lib/contract/endpoint-table';
import { ANONYMOUS } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { auditedCall, noteInAudit } from './audit';
import { route, routes } from './route';
import { toStream } from './to-stream';

/** A made-up route: an endpoint, a handler, and this test. */
const greeting = {
  method: 'POST',
  path: '/api/greetings/{language}',
  input: { in: 'body', schema: z.strictObject({ name: z.string(), times: z._default(z.int(), 1) }) },
  answer: { as: 'json', schema: z.strictObject({ text: z.string() }), status: 201 },
  right: 'none',
  cost: 'free',
  records: 'input',
  says: '`{name}` → a greeting',
} as const satisfies Endpoint;
const POST = route(greeting, ({ params: { language }, input: { name, times } }) => ({
  text: `${language} ${name}`.repeat(times),
}));
const nothing = {
  ...greeting,
  input: NO_INPUT,
  answer: { as: 'nothing' },
  records: 'call',
} as const satisfies Endpoint;

const inEnglish = { params: Promise.resolve({ language: 'en' }) };
const request = (body: unknown, init: RequestInit = {}) =>
  new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body), ...init });
const failureOf = (code: 'not_found' | 'internal_error') => new Failure({ code, message: 'said', retryable: false });

afterEach(() => vi.restoreAllMocks());

describe('a made-up route', () => {
  it('needs only its endpoint, its route and a test', async () => {
    const response = await POST(request({ name: 'Ada' }), inEnglish);
    expect([response.status, await response.json()]).toEqual([201, { text: 'en Ada' }]);
    expect(POST.endpoint).toBe(greeting);
    expect(addressOf(greeting, { language: 'en us' })).toBe('/api/greetings/en%20us');
    expect(endpointRow(greeting)).toBe(
      '| `POST /api/greetings/{language}` | `{name}` → a greeting | 201, JSON | none | free | |',
    );
  });

  it('names each field at fault', async () => {
    const response = await POST(request({ name: 1, times: 'x', other: true }), inEnglish);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/name: .*times: .*other/);
  });
});

describe('a route', () => {
  it('turns what its handler throws into an error of the contract', async () => {
    const failing = route(nothing, () => Promise.reject(failureOf('not_found')));
    expect((await failing(request({}), inEnglish)).status).toBe(404);
  });

  it('for a path without names gets none', async () => {
    const path = '/api/greetings';
    const plain = route({ ...nothing, path }, ({ params }) => Response.json(params));
    const response = await plain(request({}), { params: Promise.resolve(Reflect.get({}, 'params')) });
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });

  it('sends nothing to a client that has left', async () => {
    const left = new Request('http://localhost/', { signal: AbortSignal.abort() });
    const failing = route(nothing, () => Promise.reject(new Error('aborted')));
    expect((await failing(left, inEnglish)).status).toBe(499);
  });

  it('never sends what is not in its contract', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const wrong = route(greeting, () => ({ text: 'hello', secret: 'hunter2' }));
    const response = await wrong(request({ name: 'Ada' }), inEnglish);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
  });

  it('looks up the cluster in its path before calling its handler', async () => {
    vi.stubEnv('RINGSIDE_CLUSTERS', '[]');
    const handler = vi.fn(() => new Response(null));
    const ofCluster = route({ ...nothing, path: '/api/clusters/{cluster}/x' } as const, handler);
    const response = await ofCluster(request({}), { params: Promise.resolve({ cluster: 'none' }) });
    expect([response.status, handler.mock.calls]).toEqual([404, []]);
    vi.unstubAllEnvs();
  });
});

describe('a request', () => {
  const person = { id: 'ada', name: 'Ada' };
  let entries: AuditEntry[] = [];
  const config = auditConfigSchema.parse({});
  const append = (entry: AuditEntry) => void entries.push(entry);
  const announce = vi.fn((entry: AuditEntry) => Promise.resolve(append(entry)));
  const asked = routes({
    rightsOf: () => null,
    principalOf: () => person,
    auditedCall: (given) => auditedCall(given, { append, announce, config }),
  });
  afterEach(() => {
    entries = [];
  });

  it('has a principal, and is recorded with its outcome', async () => {
    const handler = vi.fn(({ principal }) => ({ text: principal.id }));
    const response = await asked(greeting, handler)(request({ name: 'Bo' }), inEnglish);
    expect(await response.json()).toEqual({ text: 'ada' });
    const said = {
      ...{ id: expect.any(String), time: expect.any(String), elapsedMs: expect.any(Number), event: 'request' },
      ...{ person: 'Ada', personId: 'ada', endpoint: 'POST /api/greetings/{language}', names: { language: 'en' } },
    };
    expect(entries).toEqual([{ ...said, input: { name: 'Bo', times: '•••' }, outcome: 'done' }]);
    await asked(greeting, handler)(request({}), inEnglish);
    expect(entries.at(-1)).toEqual({ ...said, outcome: 'failed', error: 'invalid_request' });
  });

  it('is recorded without its input if that may be secret, and not at all if its endpoint records nothing', async () => {
    await asked(nothing, () => new Response(null))(request({ password: 'hunter2' }), inEnglish);
    await asked({ ...nothing, records: 'nothing' }, () => new Response(null))(request({}), inEnglish);
    expect(entries).toHaveLength(1);
    expect(entries[0]).not.toHaveProperty('input');
  });

  it('that is refused is recorded whatever its endpoint records', async () => {
    const refusing = () => Promise.reject(new Failure({ code: 'read_only', message: 'no', retryable: false }));
    await asked({ ...nothing, records: 'nothing' }, refusing)(request({}), inEnglish);
    expect(entries).toMatchObject([{ outcome: 'refused', error: 'read_only' }]);
  });

  it('with a stream is recorded when that has ended, with its bytes', async () => {
    async function* chunks() {
      yield Buffer.from('one');
      noteInAudit({ rows: 2 });
      yield Buffer.from('two');
    }
    const streaming = asked(nothing, () => new Response(toStream(chunks(), () => undefined)));
    const response = await streaming(request({}), inEnglish);
    expect(entries).toEqual([]);
    await response.text();
    expect(entries).toMatchObject([{ outcome: 'done', rows: 2, bytes: 6 }]);
    const reader = (await streaming(request({}), inEnglish)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(entries[1]).toMatchObject({ outcome: 'stopped', bytes: 3 });
  });

  it('that may write is announced first, and not answered where that cannot be kept', async () => {
    const handler = vi.fn(() => new Response(null));
    const writing = asked({ ...nothing, right: 'write cluster' }, handler);
    await writing(request({}), inEnglish);
    expect(entries.map(({ event }) => event)).toEqual(['begun', 'request']);
    announce.mockRejectedValueOnce(new Failure({ code: 'audit_unavailable', message: 'full', retryable: true }));
    const response = await writing(request({}), inEnglish);
    expect([response.status, handler.mock.calls.length]).toEqual([503, 1]);
    expect(entries.at(-1)).toMatchObject({ outcome: 'refused', error: 'audit_unavailable' });
  });

  it('gets its principal from one place', async () => {
    const who = route(greeting, ({ principal: { id } }) => ({ text: id }));
    expect(await (await who(request({ name: 'x' }), inEnglish)).json()).toEqual({ text: ANONYMOUS.id });
  });
});
