import { describe, expect, it } from 'vitest';
import { isAllowedHost, isMeant, refuse } from './guards.mjs';

const PAGE = '/demo/keyspaces/flights';
const API = '/api/clusters/demo/query';

function ask(headers: Record<string, string>, { path = API, method = 'POST' } = {}, allowed: string[] = []) {
  return refuse({ method, path, headers }, allowed)?.status ?? 'passes';
}

describe('names of this server', () => {
  it.each([
    ...[
      'localhost',
      'localhost:3000',
      'LOCALHOST:1',
      'localhost:65535',
      '127.0.0.1',
      '127.0.0.1:8080',
      '127.8.9.1:3000',
    ],
    ...['[::1]', '[::1]:3000', 'ringside.example', 'Ringside.Example:443'],
  ])('%s', (host) => {
    expect(isAllowedHost(host, ['ringside.example'])).toBe(true);
  });

  it.each([
    ...['', ' ', 'evil.com', 'evil.com:3000', 'localhost.evil.com', 'evil-localhost', 'notlocalhost', 'localhost.'],
    ...['127.0.0.1.evil.com', '127.0.0.1.nip.io:3000', '127.evil.com', '127.1', '0.0.0.0', '0.0.0.0:3000', '10.0.0.1'],
    ...[
      '0x7f000001',
      '2130706433',
      '[::]',
      '[::ffff:10.0.0.1]',
      '::1',
      'localhost:',
      'localhost:x',
      'localhost:123456',
    ],
    ...['localhost@evil.com', 'evil.com/localhost', 'localhost,evil.com', 'a.ringside.example', 'localhost\tx'],
  ])('%j is not one', (host) => {
    expect(isAllowedHost(host, ['ringside.example'])).toBe(false);
  });
});

describe('a request', () => {
  it.each([
    ['a script without a browser', { host: '127.0.0.1:3000' }],
    [
      'this server’s own page',
      { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    ],
    ['a page through a tunnel’s port', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['a URL typed by a person', { host: 'localhost:3000', 'sec-fetch-site': 'none' }],
  ])('of %s passes', (_, headers) => {
    expect(ask(headers)).toBe('passes');
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.com' }],
    ['another server of this machine', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }],
    ['the same machine under another name', { origin: 'http://127.0.0.1:3000' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['an invalid origin', { origin: 'localhost:3000' }],
    ['another site, without an origin', { 'sec-fetch-site': 'cross-site' }],
    ['the same site, without an origin', { 'sec-fetch-site': 'same-site' }],
    ['two Sec-Fetch-Site values', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['two origins', { origin: 'http://localhost:3000, https://evil.com' }],
  ])('of %s is refused', (_, headers) => {
    expect(ask({ host: 'localhost:3000', ...headers })).toBe(403);
    expect(ask({ host: 'localhost:3000', ...headers }, { method: 'GET' })).toBe(403);
  });

  it('to someone else’s name, or to none, is refused whoever sends it', () => {
    expect(ask({ host: 'evil.com' })).toBe(421);
    expect(ask({ host: 'evil.com', origin: 'http://evil.com', 'sec-fetch-site': 'same-origin' })).toBe(421);
    expect(ask({})).toBe(421);
    expect(ask({ host: 'evil.com' }, { path: PAGE, method: 'GET' })).toBe(421);
  });

  it('passes under a name that the operator added', () => {
    const own = { host: 'ringside.example', origin: 'https://ringside.example' };
    expect(ask(own, {}, ['ringside.example'])).toBe('passes');
    expect(ask(own)).toBe(421);
  });
});

describe('a link on another site', () => {
  const link = { host: 'localhost:3000', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

  it('opens a page', () => {
    expect(ask(link, { path: PAGE, method: 'GET' })).toBe('passes');
  });

  it('cannot call the API', () => {
    expect(ask(link, { path: '/api/clusters/demo/export', method: 'GET' })).toBe(403);
  });

  it('cannot send a form', () => {
    expect(ask(link, { path: PAGE, method: 'POST' })).toBe(403);
  });

  it('cannot load a page into a frame by script', () => {
    expect(ask({ ...link, 'sec-fetch-mode': 'no-cors' }, { path: PAGE, method: 'GET' })).toBe(403);
  });
});

describe('a request is intended', () => {
  it.each([
    ['if this server’s own page sent it', { 'sec-fetch-site': 'same-origin' }, true],
    ['if a person typed it', { 'sec-fetch-site': 'none' }, true],
    ['if it has the header that no foreign page can send', { 'x-ringside': '1' }, true],
    ['not if nothing shows so', {}, false],
    ['not if another site’s page sent it', { 'sec-fetch-site': 'cross-site' }, false],
    ['not with another value of the header', { 'x-ringside': '0' }, false],
    ['with an API token, which no browser sends by itself', { authorization: 'Bearer rs_x' }, true],
    ['not with what a proxy may add to every request', { authorization: 'Bearer eyJ' }, false],
    ['not with a password that the browser keeps', { authorization: 'Basic rs_x' }, false],
  ])('%s', (_, headers, meant) => {
    expect(isMeant(headers)).toBe(meant);
  });
});
