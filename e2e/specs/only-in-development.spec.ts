import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { expect, test } from '../fixtures/test';

const BUILD = fileURLToPath(new URL('../../.next', import.meta.url));
/** What stands in the page of states and in no other: its title, and how a state that is not drawn says so. */
const WORDS = ['States of shared parts', 'Covers the page: open it alone', 'data-covers'];
const routesSchema = z.record(z.string(), z.string());

test.describe('What only development has', () => {
  test('is no page of a build', async ({ page }) => {
    const answer = await page.goto('/dev/states');
    expect(answer?.status()).toBe(404);
    const manifest = readFileSync(join(BUILD, 'app-path-routes-manifest.json'), 'utf8');
    const routes = Object.values(routesSchema.parse(JSON.parse(manifest)));
    expect(routes).toContain('/[cluster]/query');
    expect(routes.filter((route) => route.startsWith('/dev'))).toEqual([]);
  });

  test('is in no file of a build', () => {
    const files = ['server', 'static'].flatMap((folder) => filesIn(join(BUILD, folder)));
    expect(files.length).toBeGreaterThan(50);
    const holding = files.filter((path) => WORDS.some((word) => readFileSync(path).includes(word)));
    expect(holding).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
