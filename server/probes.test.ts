import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { answerProbe, carriesToken, createMetricsServer } from './probes.mjs';
import { request, statusOf, TestServer } from './test-sockets';

const TOKEN = 'a-token-of-a-scraper';
const NO_REASONS: readonly string[] = [];
const READY = { status: 'ready', reasons: NO_REASONS, clusters: { configured: 1, connected: 0 } };
const METRICS = { contentType: 'text/plain; version=0.0.4', text: 'ringside_streams_open 0\n' };
const application = (readiness: typeof READY) => () => ({
  readiness: () => Promise.resolve(readiness),
  metrics: () => Promise.resolve(METRICS),
});

describe('the answer to a probe', () => {
  it('is alive before the application has started, and not ready', async () => {
    expect((await answerProbe('health', () => undefined)).status).toBe(200);
    for (const probe of ['readiness', 'metrics'] as const) {
      expect((await answerProbe(probe, () => undefined)).status).toBe(503);
    }
  });

  it('is what the application says', async () => {
    const ready = await answerProbe('readiness', application(READY));
    expect([ready.status, JSON.parse(ready.text)]).toEqual([200, READY]);
    const stopping = { ...READY, status: 'not ready', reasons: ['Ringside is stopping.'] };
    expect((await answerProbe('readiness', application(stopping))).status).toBe(503);
    expect(await answerProbe('metrics', application(READY))).toEqual({ status: 200, ...METRICS });
  });
});

it.each([
  [`Bearer ${TOKEN}`, TOKEN, true],
  [`bearer ${TOKEN}`, TOKEN, true],
  [`Bearer ${TOKEN}x`, TOKEN, false],
  [`Bearer ${TOKEN.slice(1)}`, TOKEN, false],
  [`Bearer ${'x'.repeat(513)}`, 'x'.repeat(513), false],
  ['Bearer ', '', false],
  [undefined, TOKEN, false],
  ['Bearer null', null, false],
])('a request with %j carries the token %j: %s', (authorization, token, is) => {
  expect(carriesToken(authorization, token)).toBe(is);
});

describe('the port of the metrics', () => {
  const server = createMetricsServer(() => Promise.resolve({ status: 200, ...METRICS }));
  afterEach(() => server.close());

  it('answers GET /metrics to this machine, and nothing else', async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const say = (text: string) => TestServer.at(server).say(text);
    expect(await say(request('GET /metrics'))).toContain(METRICS.text);
    expect(statusOf(await say(request('GET /metrics', { Host: 'evil.com' })))).toBe(421);
    expect(statusOf(await say(request('GET /')))).toBe(404);
    expect(statusOf(await say(request('POST /metrics', { 'Content-Length': '0' })))).toBe(405);
  });
});
