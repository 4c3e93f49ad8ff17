import { describe, expect, it } from 'vitest';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { API_METHODS, decide, FREE, TICKETS_PATH } from './decide.mjs';

const all = Object.values<Endpoints>(endpoints).flatMap((address): Endpoint[] => Object.values(address));
const gets = all.filter(({ method }) => method === 'GET');
const targetOf = ({ path }: Pick<Endpoint, 'path'>) => path.replace(/\{(\w+)\}/g, 'a-$1');

/** What becomes of a request that nothing says is meant. */
function outcome(method: string, target: string): string {
  const headers = { host: 'localhost:3000' };
  const asked = { method, target, headers, rawHeaders: Object.entries(headers).flat() };
  return decide(asked, { allowedHosts: [], isDevelopment: false, metricsToken: null }).kind;
}

describe('the web server', () => {
  it.each(gets.map((endpoint) => [endpoint.path, endpoint] as const))(
    'asks of GET %s what its endpoint says',
    (_path, endpoint) => {
      const target = targetOf(endpoint);
      expect(outcome('GET', target)).toBe(endpoint.meant === 'always' ? 'answer' : 'pass');
      expect(outcome('GET', `${target}?maxPages=2`)).toBe(endpoint.meant === undefined ? 'pass' : 'answer');
    },
  );

  it('lets pass nothing that is no endpoint', () => {
    const free = gets.filter(({ meant }) => meant === undefined).map(targetOf);
    for (const pattern of FREE)
      expect(
        free.some((target) => pattern.test(target)),
        String(pattern),
      ).toBe(true);
  });

  it('asks POST and DELETE for a sign where their endpoints say so', () => {
    for (const endpoint of all.filter(({ method }) => method !== 'GET')) {
      expect(outcome(endpoint.method, targetOf(endpoint))).toBe(endpoint.meant === undefined ? 'pass' : 'answer');
    }
  });

  it('knows every method, and where tickets are made', () => {
    expect(API_METHODS.split(', ')).toEqual(expect.arrayContaining(all.map(({ method }) => method)));
    expect(TICKETS_PATH).toBe(endpoints.tickets.post.path);
  });
});
