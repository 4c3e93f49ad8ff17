import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { everything, request, statusOf, TestServer } from './test-sockets';

const CLOSE = { Connection: 'close' };
const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Key': 'a',
  'Sec-WebSocket-Version': '13',
};

let server: TestServer;
let handled: string[] = [];

/** Echoes the request that reached it. */
function echo({ method, url, headers }: IncomingMessage, response: ServerResponse) {
  handled.push(`${method} ${url}`);
  response.end(JSON.stringify(headers));
}

async function start(handle = echo, options: Parameters<typeof TestServer.start>[1] = {}): Promise<void> {
  handled = [];
  server = await TestServer.start(handle, options);
}
afterEach(() => server.stop());

const noConnection = () => vi.waitFor(async () => expect(await server.connections()).toBe(0), { timeout: 30_000 });

describe('an upgrade', () => {
  it('is refused, and fifty leave no descriptor open though no client closes', async () => {
    await start();
    const sockets = await Promise.all(Array.from({ length: 50 }, () => server.connect({ lingers: true })));
    const answers = sockets.map((socket) => once(socket, 'data'));
    for (const socket of sockets) socket.write(request('GET /', UPGRADE));
    for (const [answer] of await Promise.all(answers)) expect(statusOf(String(answer))).toBe(400);
    await noConnection();
    expect(handled).toEqual([]);
  });

  it('from another site, or to another name, is refused in development too', async () => {
    const upgraded = vi.fn((asked: IncomingMessage) => void asked.socket.destroy());
    await start(echo, { upgrade: upgraded });
    for (const headers of [{ Host: 'evil.com' }, { Origin: 'http://evil.com' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      expect(statusOf(await server.say(request('GET /_next/hmr', { ...UPGRADE, ...headers })))).toBe(400);
    }
    expect(statusOf(await server.say(request('GET /demo', UPGRADE)))).toBe(400);
    expect(upgraded).not.toHaveBeenCalled();
    await server.say(request('GET /_next/hmr?id=1', UPGRADE));
    expect(upgraded).toHaveBeenCalledOnce();
  });

  it('by CONNECT is refused', async () => {
    await start();
    const answer = await server.say(request('CONNECT evil.com:443'));
    expect(statusOf(answer)).toBe(405);
    expect(answer).toMatch(/^allow: GET/m);
    await noConnection();
  });
});

describe('anything that is not a valid request', () => {
  it.each([
    ['an absolute target', request('GET http://localhost/'), 400],
    ['an asterisk', request('OPTIONS *'), 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\n\r\n', 400],
    ['another name', request('GET /', { Host: 'evil.com' }), 421],
    ['another site', request('GET /', { Origin: 'http://evil.com' }), 403],
    ['TRACE', request('TRACE /'), 405],
    ['a method of another protocol', request('PROPFIND /'), 501],
    ['no method at all', request('NONSENSE /'), 501],
    ['garbage', '\u0000\u0001\u0002\r\n\r\n', 400],
    ['a TLS hello', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400],
    ['another protocol', 'SSH-2.0-x\r\n', 400],
    [
      'two lengths',
      `${request('POST /api/x', { 'Content-Length': '1' }).slice(0, -2)}Content-Length: 2\r\n\r\nab`,
      400,
    ],
    ['a length and chunks', request('POST /api/x', { 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }), 400],
    ['an unknown encoding', request('POST /api/x', { 'Transfer-Encoding': 'xchunked' }), 400],
    ['a space in a header’s name', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n', 400],
    ['lines without CR', 'GET / HTTP/1.1\nHost: localhost\n\n', 400],
    ['headers of 20 kB', request('GET /', { X: 'x'.repeat(20_000) }), 431],
    ['an address of 20 kB', request(`GET /${'x'.repeat(20_000)}`), 431],
  ])('%s: is answered, closed and not passed on', async (_, text, status) => {
    await start();
    const answer = await server.say(text);
    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(/^content-security-policy: default-src 'none'/m);
    expect(answer).toMatch(/^x-content-type-options: nosniff/m);
    expect(answer).not.toMatch(/^access-control-/im);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { retryable: false } });
    expect(handled).toEqual([]);
    await noConnection();
  });
});

describe('a request that passes', () => {
  it('has the headers of every response, and a policy with a nonce that the page also receives', async () => {
    await start();
    const answer = await server.say(
      request('GET /demo', { ...CLOSE, 'Content-Security-Policy': "script-src 'nonce-x'" }),
    );
    const policy = /^content-security-policy: (.*)\r$/m.exec(answer)?.[1];
    expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f-]{36}'/);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ 'content-security-policy': policy });
  });

  it('carries no headers about its sender that only a trusted proxy may set', async () => {
    const claims = { 'X-Forwarded-For': '10.0.0.1', Forwarded: 'for=1', 'X-Remote-User': 'root', ...CLOSE };
    await start();
    expect(await server.say(request('GET /', claims))).not.toMatch(/x-forwarded|forwarded|x-remote/i);
    await server.stop();
    await start(echo, { env: { RINGSIDE_TRUSTED_PROXIES: '127.0.0.0/8' } });
    expect(await server.say(request('GET /', claims))).toContain('"x-remote-user":"root"');
  });

  it('that is expensive needs a ticket if nothing shows that it is intended, and the ticket works once', async () => {
    await start();
    const link = '/api/clusters/demo/export?request=%7B%7D';
    expect(statusOf(await server.say(request(`GET ${link}`, CLOSE)))).toBe(403);
    expect(statusOf(await server.say(request(`GET ${link}&ticket=guessed`, CLOSE)))).toBe(403);
    const made = await server.say(request('POST /api/tickets', { ...CLOSE, 'X-Ringside': '1', 'Content-Length': '0' }));
    const ticket = /"ticket":"([\w-]+)"/.exec(made)?.[1];
    expect(statusOf(await server.say(request(`GET ${link}&ticket=${ticket}`, CLOSE)))).toBe(200);
    expect(statusOf(await server.say(request(`GET ${link}&ticket=${ticket}`, CLOSE)))).toBe(403);
    expect(handled).toEqual([`GET ${link}`]);
  });

  it('by OPTIONS grants another site nothing', async () => {
    await start();
    const preflight = {
      ...CLOSE,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'x-ringside',
    };
    const answer = await server.say(request('OPTIONS /demo', preflight));
    expect(statusOf(answer)).toBe(204);
    expect(answer).toMatch(/^allow: GET, HEAD, OPTIONS\r$/m);
    expect(answer).not.toMatch(/^access-control-/im);
  });
});

describe('the id of a request', () => {
  const idIn = (answer: string) => /^x-request-id: (.*)\r$/im.exec(answer)?.[1];
  const given = { 'X-Request-Id': 'proxy-0123456789', ...CLOSE };

  it('is made by the server, and the application, the client and a refusal have it', async () => {
    await start();
    const answer = await server.say(request('GET /', given));
    expect(idIn(answer)).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ 'x-request-id': idIn(answer) });
    const refusal = await server.say(request('GET /', { Host: 'evil.com' }));
    expect(JSON.parse(refusal.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { requestId: idIn(refusal) } });
  });

  it('comes from a trusted proxy if it has the form of one', async () => {
    await start(echo, { env: { RINGSIDE_TRUSTED_PROXIES: '127.0.0.0/8' } });
    expect(idIn(await server.say(request('GET /', given)))).toBe('proxy-0123456789');
    for (const bad of ['short', 'x'.repeat(65), 'with space', '"quoted-id"', '{"level":"error"}']) {
      expect(idIn(await server.say(request('GET /', { ...given, 'X-Request-Id': bad })))).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('limits of time and number', () => {
  it('a connection that sends nothing, half a line or half its headers is closed', async () => {
    await start(echo, { headersTimeoutMs: 50, requestTimeoutMs: 100 });
    const sockets = await Promise.all(
      ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: localhost\r\n'].map(async (text) => {
        const socket = await server.connect();
        socket.write(text);
        return everything(socket);
      }),
    );
    for (const answer of sockets) expect(statusOf(answer)).toBe(408);
    await noConnection();
  });

  it('a body that does not arrive ends its request', async () => {
    const ended = vi.fn();
    await start((_, response) => void response.once('close', ended), { headersTimeoutMs: 50, requestTimeoutMs: 100 });
    const answer = await server.say(request('POST /api/x', { 'Content-Length': '10' }));
    expect(statusOf(answer)).toBe(408);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    await noConnection();
  });

  it('a response that is read slowly outlives every timeout', async () => {
    const step = { next: () => {} };
    await start(
      (_, response) => {
        response.write('first\n');
        step.next = () => response.end('last\n');
      },
      { headersTimeoutMs: 50, requestTimeoutMs: 100 },
    );
    const slow = await server.connect();
    slow.write(request('GET /slow', CLOSE));
    await once(slow, 'data');
    // A connection opened later was closed for its silence, so the slow one has outlived that timeout.
    await everything(await server.connect());
    step.next();
    expect(await everything(slow)).toContain('last');
  });

  it('connections over the limit are closed immediately, and the others continue', async () => {
    await start(echo, { mostConnections: 2 });
    const first = await server.connect();
    await server.connect();
    expect(await everything(await server.connect())).toBe('');
    first.write(request('GET /', CLOSE));
    expect(statusOf(await everything(first))).toBe(200);
  });
});

describe('requests one after another on a connection', () => {
  it('are answered in their order', async () => {
    await start((asked, response) => void response.end(`[${asked.url}]`));
    const answer = await server.say(request('GET /1') + request('GET /2') + request('GET /3', CLOSE));
    expect(answer.match(/\[.*?\]/g)).toEqual(['[/1]', '[/2]', '[/3]']);
  });

  it('do not start while one is being answered, and never start once the client has left', async () => {
    const begun: (string | undefined)[] = [];
    const closed = vi.fn();
    await start((asked, response) => {
      begun.push(asked.url);
      response.once('close', closed);
      response.write('x');
    });
    const socket = await server.connect();
    socket.write(request('GET /1') + request('GET /2') + request('GET /3'));
    await once(socket, 'data');
    socket.destroy();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    await noConnection();
    expect(begun).toEqual(['/1']);
  });

  it('in endless numbers are cut off', async () => {
    await start((_, response) => void response.write('x'));
    await server.say(Array.from({ length: 100 }, () => request('GET /')).join(''));
    await noConnection();
  });

  it('garbage after a request aborts its response, which must not look complete', async () => {
    await start((_, response) => void response.write('half'));
    const socket = await server.connect();
    socket.write(request('GET /'));
    await once(socket, 'data');
    const rest = everything(socket);
    socket.write('\u0000\u0000');
    expect(await rest).toBe('');
    await noConnection();
  });
});
