import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HEAD } from '@/lib/http/head';

const here = fileURLToPath(new URL('.', import.meta.url));
const routes = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('route.ts'));

describe('HEAD', () => {
  it('finds the routes', () => {
    expect(routes).toContain('clusters/[cluster]/export/route.ts');
  });

  it.each(routes)('of %s starts nothing that GET would start', async (path) => {
    const module: Record<string, unknown> = await import(`${here}${path}`);
    expect('HEAD' in module ? module.HEAD : undefined).toBe('GET' in module ? HEAD : undefined);
  });

  it('is a response without a body that nothing may cache', async () => {
    const { status, body, headers } = HEAD();
    expect([status, body, headers.get('cache-control')]).toEqual([200, null, 'no-store, no-transform']);
  });
});
