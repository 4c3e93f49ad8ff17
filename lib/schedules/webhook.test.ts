import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from './webhook';

const received: { url: string; method: string; body: string }[] = [];
let server: Server;
let origin = '';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { url = '', method = '' } = request;
    received.push({ url, method, body: await bodyOf(request) });
    if (url === '/hangs') return;
    const status = url === '/moved' ? 307 : url === '/broken' ? 500 : 204;
    response.writeHead(status, status === 307 ? { location: '/hook' } : {}).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = Object(server.address());
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const to = (path: string, signal = new AbortController().signal) =>
  deliver(new Map([['ops', `${origin}${path}`]]), 'ops', { state: 'complete' }, signal);

describe('a webhook', () => {
  it('is called once, with the report', async () => {
    received.length = 0;
    expect(await to('/hook?token=secret')).toEqual({ isDelivered: true, message: null });
    expect(received).toEqual([{ url: '/hook?token=secret', method: 'POST', body: '{"state":"complete"}' }]);
  });

  it.each([
    ['/broken', 'It answered 500.'],
    ['/moved', 'It answered 307; redirects are not followed.'],
  ])('that fails at %s is not called again, and its address is not shown', async (path, message) => {
    received.length = 0;
    expect(await to(path)).toEqual({ isDelivered: false, message });
    expect(received.map(({ url }) => url)).toEqual([path]);
  });

  it('that does not answer is given up when Ringside stops', async () => {
    const stop = new AbortController();
    const delivery = to('/hangs', stop.signal);
    await expect.poll(() => received.at(-1)?.url).toBe('/hangs');
    stop.abort();
    expect(await delivery).toEqual({ isDelivered: false, message: 'Ringside was stopped before it answered.' });
  });

  it('that is not there, or no longer configured, is said to be', async () => {
    const signal = new AbortController().signal;
    expect(await deliver(new Map([['ops', 'http://127.0.0.1:1/token']]), 'ops', {}, signal)).toEqual({
      isDelivered: false,
      message: expect.stringMatching(/^It could not be reached/),
    });
    expect(await deliver(new Map(), 'ops', {}, signal)).toMatchObject({ message: expect.stringContaining('“ops”') });
  });
});
