import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceFiles, sourcesDigest } from './build.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringside-build-'));
  mkdirSync(join(root, 'app', 'api'), { recursive: true });
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'next.config.js'), '');
  writeFileSync(join(root, 'README.md'), '');
  writeFileSync(join(root, 'app', 'page.tsx'), 'a');
  writeFileSync(join(root, 'app', 'page.test.tsx'), 'a');
  writeFileSync(join(root, 'app', 'api', 'route.ts'), 'b');
  writeFileSync(join(root, 'docs', 'x.ts'), 'c');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the sources of a build', () => {
  it('are the application, without tests and documents', () => {
    expect(sourceFiles(root)).toEqual(['app/api/route.ts', 'app/page.tsx', 'next.config.js', 'package-lock.json']);
  });

  it('are also the script that next.config.js runs', () => {
    mkdirSync(join(root, 'scripts', 'support'), { recursive: true });
    writeFileSync(join(root, 'scripts', 'support', 'zod-mini.mjs'), '');
    writeFileSync(join(root, 'scripts', 'support', 'web.mjs'), '');
    expect(sourceFiles(root)).toContain('scripts/support/zod-mini.mjs');
    expect(sourceFiles(root)).not.toContain('scripts/support/web.mjs');
  });

  it('keep their digest until one of them is changed, moved, added or removed', () => {
    const seen = [sourcesDigest(root), sourcesDigest(root)];
    expect(seen[0]).toBe(seen[1]);
    const changes = [
      () => writeFileSync(join(root, 'app', 'page.tsx'), 'A'),
      () => renameSync(join(root, 'app', 'page.tsx'), join(root, 'app', 'layout.tsx')),
      () => writeFileSync(join(root, 'instrumentation.ts'), ''),
      () => rmSync(join(root, 'app', 'api'), { recursive: true }),
    ];
    for (const change of changes) {
      change();
      seen.push(sourcesDigest(root));
    }
    expect(new Set(seen).size).toBe(1 + changes.length);
  });

  it('do not include tests: a changed test needs no rebuild', () => {
    const before = sourcesDigest(root);
    writeFileSync(join(root, 'app', 'page.test.tsx'), 'changed');
    expect(sourcesDigest(root)).toBe(before);
  });
});
