import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import { endpointTable } from '@/lib/contract/endpoint-table';
import * as endpoints from '@/lib/contract/endpoints';

const here = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('route.ts'));

const all: readonly Endpoints[] = Object.values(endpoints);
/** The web server issues tickets itself. */
const routed = all
  .filter((address) => address !== endpoints.tickets)
  .flatMap((address): Endpoint[] => Object.values(address));
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`;

/** The endpoints of a route file by exported method; the folder decides their address. */
async function inFile(file: string): Promise<(readonly [name: string, endpoint: unknown])[]> {
  const module: Record<string, unknown> = await import(`${here}${file}`);
  const path = `/api/${file.replace(/\/route\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`;
  const methods = Object.entries(module).filter(([name]) => name !== 'HEAD');
  return methods.map(([method, handler]) => {
    const isRoute = typeof handler === 'function' && 'endpoint' in handler;
    return [`${method} ${path}`, isRoute ? handler.endpoint : undefined];
  });
}

describe('the endpoints', () => {
  it('match the routes, each at its own address', async () => {
    const found = new Map((await Promise.all(files.map(inFile))).flat());
    expect(found).toEqual(new Map(routed.map((endpoint) => [nameOf(endpoint), endpoint])));
    for (const endpoint of routed) expect(found.get(nameOf(endpoint))).toBe(endpoint);
  });

  it('have each address and method once, and are stored by method', () => {
    for (const address of all) {
      expect(new Set(Object.values(address).map(({ path }) => path)).size).toBe(1);
      for (const [key, { method }] of Object.entries(address)) expect(method.toLowerCase()).toBe(key);
    }
    expect(new Set(routed.map(nameOf)).size).toBe(routed.length);
  });

  it('ask as the cluster’s own user only for what is seen or operated, and has no rows', () => {
    const verbs = routed
      .filter(({ by }) => by === 'monitoring')
      .flatMap(({ right }): readonly string[] => (typeof right === 'string' ? [right] : right))
      .map((right) => right.split(' ', 1)[0]);
    expect(new Set(verbs)).toEqual(new Set(['see', 'operate']));
  });

  it('match the table in docs/api.md', () => {
    const [, between] = readFileSync(`${here}../../docs/api.md`, 'utf8').split(/<!-- endpoints.*-->\n/);
    // If this fails, paste the table that it prints.
    expect(between).toBe(`\n${endpointTable(all)}\n\n`);
  });
});
