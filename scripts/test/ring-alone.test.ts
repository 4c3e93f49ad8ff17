import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';

/** What stops, pauses and restarts nodes, and what nodetool changes of one. */
const NEEDS_THE_RING =
  /\bnodeControl\(|test-victim'|test-scan-faults'|\bnodetoolOf(?:All)?\(\['(?:set|enable|disable|drain)/;

const FILES = ['app', 'bench', 'embedded', 'lib', 'scripts', 'server']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.integration.test.ts'));

describe('the integration tests that run alone', () => {
  it('are those that stop or pause a node or change a setting of one, and no others', () => {
    const needing = FILES.filter((name) => NEEDS_THE_RING.test(readFileSync(join(ROOT, name), 'utf8')));
    expect(needing.length).toBeGreaterThan(0);
    expect(FILES.filter((name) => name.endsWith('.alone.integration.test.ts')).sort()).toEqual(needing.sort());
  });
});
