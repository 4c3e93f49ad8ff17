import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';

/** What a test does that other tests must not see, or must not do meanwhile. */
const NEEDS_THE_RING = [
  // It stops, pauses and restarts nodes, or changes a setting of one.
  /\bnodeControl\(|test-victim'|test-scan-faults'|\bnodetoolOf(?:All)?\(\['(?:set|enable|disable|drain)/,
  // It holds nodes to one version of the schema at one moment.
  /\.agreement\b|\bnodeViewsOf\(/,
];

const FILES = ['app', 'bench', 'embedded', 'lib', 'scripts', 'server']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.integration.test.ts'));

describe('the integration tests that run alone', () => {
  it('are those that no other test may disturb, and no others', () => {
    const needs = (text: string) => NEEDS_THE_RING.some((pattern) => pattern.test(text));
    const needing = FILES.filter((name) => needs(readFileSync(join(ROOT, name), 'utf8')));
    expect(needing.length).toBeGreaterThan(0);
    expect(FILES.filter((name) => name.endsWith('.alone.integration.test.ts')).sort()).toEqual(needing.sort());
  });
});
