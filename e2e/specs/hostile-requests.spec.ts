import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { baseUrl } from '../support/environment';

/** Requests that no browser sends, on plain sockets to the production server. */

const MEANT = { 'x-ringside': '1' };
const SEARCH = new URLSearchParams({
  request: JSON.stringify({ keyspace: 'system_schema', table: 'columns', format: 'csv' }),
});
const EXPORT = `/api/clusters/demo/export?${SEARCH}`;
const exportsSchema = z.object({ exports: z.array(z.object({ state: z.string(), title: z.string() })) });

test.describe('A server that anybody may talk to', () => {
  test('closes every upgrade, though no client does', async () => {
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => say('GET', '/', upgrade)));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('starts nothing for HEAD: no export takes a place', async ({ request }) => {
    const before = await exportsOf(request);
    for (let time = 0; time < 10; time += 1) {
      expect(await say('HEAD', EXPORT, MEANT)).toMatch(/^HTTP\/1\.1 200 /);
    }
    expect(await exportsOf(request)).toEqual(before);
    const file = await request.get(EXPORT, { headers: MEANT });
    expect(file.status()).toBe(200);
    expect(await file.text()).toContain('system_schema,columns');
  });

  test('answers HEAD and OPTIONS of what is there, and of what is not', async () => {
    expect(await say('HEAD', '/api/nothing', MEANT)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await say('HEAD', '/api/clusters/demo/query')).toMatch(/^HTTP\/1\.1 405 /);
    expect(await say('HEAD', '/demo')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await say('OPTIONS', '/api/nothing')).toMatch(/^HTTP\/1\.1 404 /);
    const options = await say('OPTIONS', EXPORT, { 'access-control-request-headers': 'x-ringside' });
    expect(options).toMatch(/^HTTP\/1\.1 204 /);
    expect(options).toMatch(/^allow: GET, HEAD, OPTIONS, POST\r$/im);
    expect(options).not.toMatch(/^access-control-/im);
  });

  for (const [method, target, status] of [
    ['TRACE', '/', 405],
    ['TRACE', EXPORT, 405],
    ['PROPFIND', '/demo', 501],
    ['GET', 'http://localhost/api/clusters', 400],
    ['GET', '//localhost/api/clusters', 400],
    ['OPTIONS', '*', 400],
    ['GET', '/api/clusters/%ff/schema', 400],
    ['GET', '/_next/image?url=%2Fapi%2Fclusters&w=64&q=75', 404],
  ] as const) {
    test(`answers ${method} ${target.slice(0, 40)} with ${status}`, async () => {
      expect(await say(method, target)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    });
  }

  test('starts no export for a request that waits on a connection whose client leaves', async ({ request }) => {
    const before = (await exportsOf(request)).length;
    const socket = await open();
    socket.write(text('GET', EXPORT, MEANT).repeat(4));
    await once(socket, 'data');
    socket.destroy();
    const running = async () => (await exportsOf(request)).filter(({ state }) => state === 'running');
    await expect.poll(running, 'the places are free again').toEqual([]);
    expect((await exportsOf(request)).length).toBeLessThan(before + 4);
  });

  test('tells whoever asks that it is alive, and nothing else', async ({ request }) => {
    expect(await (await request.get('/api/health')).text()).toBe('{"status":"alive"}');
    expect((await request.get('/api/state')).status()).toBe(403);
    expect((await request.get('/api/state', { headers: MEANT })).status()).toBe(200);
  });

  test('gives an export only to who means it: by a header, or by a ticket that is good once', async ({ request }) => {
    expect((await request.get(EXPORT)).status()).toBe(403);
    const made = await request.post('/api/tickets', { headers: MEANT });
    const { ticket } = z.object({ ticket: z.string() }).parse(await made.json());
    expect((await request.get(`${EXPORT}&ticket=${ticket}`)).status()).toBe(200);
    expect((await request.get(`${EXPORT}&ticket=${ticket}`)).status()).toBe(403);
    expect((await request.post('/api/tickets')).status()).toBe(403);
  });
});

async function exportsOf(request: { get(url: string): Promise<{ json(): Promise<unknown> }> }) {
  return exportsSchema.parse(await (await request.get('/api/exports')).json()).exports;
}

function text(method: string, target: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ host: new URL(baseUrl()).host, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl());
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Everything the server sends until it closes the connection; this end never does. */
async function say(method: string, target: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const socket = await open();
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.write(text(method, target, { connection: 'close', ...headers }));
  await once(socket, 'close');
  return answer;
}
