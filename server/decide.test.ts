import { describe, expect, it } from 'vitest';
import { type Decision, decide, isHotReload, type Rules } from './decide.mjs';

const TOKEN = 'a-token-of-a-scraper';
const RULES = { allowedHosts: ['ringside.example'], isDevelopment: false, metricsToken: TOKEN };
const EXPORT = '/api/clusters/demo/export?request=%7B%7D';
const ROWS = '/api/clusters/demo/tables/flights/airports/rows';
const MEANT = { 'x-ringside': '1' };

function ask(method: string, target: string, headers: Record<string, string> = {}, rules: Rules = RULES): Decision {
  const all = { host: 'localhost:3000', ...headers };
  return decide({ method, target, headers: all, rawHeaders: Object.entries(all).flat() }, rules);
}

/** `pass`, or the response's status. */
function outcome(decision: Decision): string | number {
  return decision.kind === 'answer' ? decision.status : decision.kind;
}

describe('a target', () => {
  it.each([
    '/',
    '/demo/keyspaces/a/b?filters=%5B%5D',
    '/%3F',
    '/a.b',
    '/_next/static/x.js',
    '/api/health',
    '/api/nothing',
  ])('of this server passes: %s', (target) => {
    expect(outcome(ask('GET', target, MEANT))).toBe('pass');
  });

  it.each([
    ...['http://evil.com/', 'http://localhost:3000/', 'https://localhost/', '*', '', 'localhost:3000', 'a'],
    ...[
      '//evil.com/',
      '//',
      '/\\evil.com',
      '/a/../b',
      '/a/./b',
      '/a/%2e%2e/b',
      '/..',
      '/a#b',
      '/a b',
      '/ä',
      '/%',
      '/%ff',
      '/a/%E0%A4%A',
    ],
    ...['/api/clusters/demo/schema/../export', '/api/clusters/demo/x/%2E%2E/export'],
  ])('in any other form is refused: %j', (target) => {
    expect(outcome(ask('GET', target, MEANT))).toBe(400);
    expect(outcome(ask('OPTIONS', target, MEANT))).toBe(400);
  });

  it.each(['/_next/data/build/api/clusters/demo/export.json', '/_next/image?url=%2Fapi%2Fclusters%2Fdemo%2Fexport'])(
    'that is a second way to a route is not found: %s',
    (target) => {
      expect(outcome(ask('GET', target))).toBe(404);
    },
  );
});

describe('a method', () => {
  it.each([
    ['GET', '/demo'],
    ['HEAD', '/demo'],
    ['HEAD', EXPORT],
    ['HEAD', '/api/nothing'],
    ['OPTIONS', EXPORT],
    ['POST', '/api/clusters/demo/query'],
    ['DELETE', '/api/jobs/1'],
  ])('that is allowed passes or is answered: %s %s', (method, target) => {
    expect(outcome(ask(method, target))).toBe('pass');
  });

  it.each([
    ['TRACE', '/', 405, 'GET, HEAD, OPTIONS'],
    ['POST', '/demo', 405, 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/health', 405, 'GET, HEAD, OPTIONS, POST, DELETE'],
    ['TRACE', EXPORT, 405, 'GET, HEAD, OPTIONS, POST, DELETE'],
    ['PROPFIND', '/', 501, 'GET, HEAD, OPTIONS'],
    ['M-SEARCH', EXPORT, 501, 'GET, HEAD, OPTIONS, POST, DELETE'],
  ])('that is not allowed is refused, listing those that are: %s %s', (method, target, status, allow) => {
    expect(ask(method, target)).toMatchObject({ kind: 'answer', status, allow });
  });

  it('of a page are listed without running the page', () => {
    expect(ask('OPTIONS', '/demo')).toEqual({ kind: 'options', allow: 'GET, HEAD, OPTIONS' });
  });

  it('of the development server’s own page passes in development only', () => {
    const dev = { ...RULES, isDevelopment: true };
    expect(outcome(ask('POST', '/__nextjs_original-stack-frames', {}, dev))).toBe('pass');
    expect(outcome(ask('POST', '/demo', {}, dev))).toBe(405);
    expect(outcome(ask('POST', '/__nextjs_original-stack-frames'))).toBe(405);
  });
});

describe('the sender', () => {
  it('is checked before the path', () => {
    expect(outcome(ask('GET', '/demo', { host: 'evil.com' }))).toBe(421);
    expect(outcome(ask('OPTIONS', EXPORT, { host: 'evil.com' }))).toBe(421);
    expect(outcome(ask('TRACE', '/', { host: 'evil.com' }))).toBe(421);
    expect(outcome(ask('GET', '/api/health', { origin: 'https://evil.com' }))).toBe(403);
    expect(outcome(ask('OPTIONS', EXPORT, { origin: 'https://evil.com' }))).toBe(403);
  });

  it('must name exactly one host', () => {
    const headers = { host: 'localhost' };
    const twice = ['Host', 'localhost', 'HOST', 'evil.com'];
    expect(outcome(decide({ method: 'GET', target: '/', headers, rawHeaders: twice }, RULES))).toBe(400);
    expect(outcome(decide({ method: 'GET', target: '/', headers: {}, rawHeaders: [] }, RULES))).toBe(400);
  });
});

describe('an expensive GET', () => {
  const costly = [
    EXPORT,
    `${ROWS}?maxPages=0`,
    `${ROWS}?maxPages=2`,
    `${ROWS}?maxPages=1&maxPages=0`,
    `${ROWS}?max%50ages=0`,
    '/api/clusters/demo/tables/flights/airports/stats',
    '/api/jobs/1/parts/part-00001.csv',
    '/api/state',
    // None of these exist: anything not listed as free counts as expensive.
    '/api/clusters/demo/%73chema',
    '/api/something/new',
  ];

  it.each(costly)('passes if it shows that it is intended: %s', (target) => {
    for (const headers of [MEANT, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]) {
      expect(ask('GET', target, headers)).toEqual({ kind: 'pass', target, ticket: null });
    }
  });

  it.each(costly)('does not pass if nothing shows so: %s', (target) => {
    expect(outcome(ask('GET', target))).toBe(403);
    expect(outcome(ask('GET', target, { host: 'ringside.example' }))).toBe(403);
  });

  it('passes with a ticket, which is removed from the target', () => {
    expect(ask('GET', `${EXPORT}&ticket=abc`)).toEqual({ kind: 'pass', target: EXPORT, ticket: 'abc' });
    expect(ask('GET', '/api/jobs/1/parts/a?ticket=abc')).toEqual({
      kind: 'pass',
      target: '/api/jobs/1/parts/a',
      ticket: 'abc',
    });
  });

  it.each([
    ...['/api/health', '/api/clusters', '/api/clusters/demo/schema', '/api/clusters/demo/topology?keyspace=a'],
    ...[ROWS, `${ROWS}?pageRows=5`, `${ROWS}?maxPages=1`, '/api/exports', '/api/jobs/1'],
  ])('is not one of these: %s', (target) => {
    expect(outcome(ask('GET', target))).toBe('pass');
  });
});

describe('a ticket', () => {
  it('is issued to requests that show they are intended', () => {
    expect(outcome(ask('POST', '/api/tickets', MEANT))).toBe('ticket');
    expect(outcome(ask('POST', '/api/tickets'))).toBe(403);
    expect(outcome(ask('POST', '/api/tickets', { ...MEANT, origin: 'https://evil.com' }))).toBe(403);
  });
});

it('only the framework’s own path is a hot reload', () => {
  expect(['/_next/hmr', '/_next/hmr?id=1'].every(isHotReload)).toBe(true);
  expect(['/', '/_next/hmr/x', '/_next/hmrx', '/api/health'].some(isHotReload)).toBe(false);
});

describe('a probe', () => {
  const probe = (target: string, headers: Record<string, string> = {}, rules: Rules = RULES) => {
    const decision = ask('GET', target, headers, rules);
    return decision.kind === 'probe' ? decision.probe : outcome(decision);
  };

  it('is answered under this server’s names only', () => {
    expect([probe('/healthz'), probe('/readyz')]).toEqual(['health', 'readiness']);
    expect([probe('/healthz', { host: 'evil.com' }), probe('/readyz', { host: '10.0.0.7:3000' })]).toEqual([421, 421]);
    expect(outcome(ask('POST', '/healthz'))).toBe(405);
  });

  it('for metrics is off without a token in the settings', () => {
    const rules = { ...RULES, metricsToken: null };
    expect(probe('/metrics', {}, rules)).toBe(404);
    expect(probe('/metrics', { authorization: 'Bearer null' }, rules)).toBe(404);
  });

  it.each([{}, { authorization: 'Bearer other' }, { authorization: TOKEN }, { authorization: `Basic ${TOKEN}` }])(
    'for metrics is refused without their token: %o',
    (headers) => {
      expect(probe('/metrics', headers)).toBe(401);
      expect(probe('/metrics', { ...headers, host: 'evil.com' })).toBe(421);
    },
  );

  it('for metrics with their token may use any name, as a scraper that knows only an address does', () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect([probe('/metrics', headers), probe('/metrics', { ...headers, host: '10.0.0.7:3000' })]).toEqual([
      'metrics',
      'metrics',
    ]);
    expect(outcome(ask('GET', '/demo', { ...headers, host: '10.0.0.7:3000' }))).toBe(421);
  });
});
