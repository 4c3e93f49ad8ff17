import { describe, expect, it } from 'vitest';
import { dropOutsideHeaders } from './outside-headers.mjs';

const CLAIMS = [
  ...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'x-client-ip'],
  ...['x-remote-user', 'remote-user', 'x-auth-request-email', 'x-auth-user', 'x-user', 'x-email', 'x-authentik-groups'],
  ...['x-ssl-client-cert', 'ssl-client-verify', 'x-ms-client-principal', 'x-original-url', 'x-rewrite-url'],
];
const INTERNAL = [
  'x-middleware-subrequest',
  'x-middleware-next',
  'x-nextjs-data',
  'x-matched-path',
  'x-invoke-path',
  'range',
];
const OWN = [
  ...['host', 'user-agent', 'origin', 'accept', 'content-type', 'cookie', 'authorization', 'x-ringside'],
  ...['sec-fetch-site', 'next-router-state-tree', 'rsc', 'te'],
];

function names(isFromProxy: boolean): [string[], string[]] {
  const all = [...CLAIMS, ...INTERNAL, ...OWN];
  const request = {
    headers: Object.fromEntries(all.map((name) => [name, '1'])),
    rawHeaders: all.flatMap((name) => [name.toUpperCase(), 'forwarded']),
  };
  dropOutsideHeaders(request, isFromProxy);
  const raw = request.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  return [Object.keys(request.headers), raw];
}

describe('what a request says about itself', () => {
  it('never includes who and where its client is without a trusted proxy', () => {
    expect(names(false)).toEqual([OWN, OWN]);
  });

  it('may include that through a trusted proxy, but never the framework’s internal headers', () => {
    expect(names(true)).toEqual([
      [...CLAIMS, ...OWN],
      [...CLAIMS, ...OWN],
    ]);
  });
});
