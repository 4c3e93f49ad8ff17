import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';
import { releasesOf } from './changelog.mjs';

describe('the changelog', () => {
  it('reads by version, the newest first', () => {
    const text =
      '# Changelog\n\n## Unreleased\n\n- c\n\n## 0.2.0 (2026-12-01)\n\n- b\n\n## 0.1.0 (2026-11-28)\n\n- a\n';
    expect(releasesOf(text)).toEqual([
      { version: '0.2.0', date: '2026-12-01', changes: '- b' },
      { version: '0.1.0', date: '2026-11-28', changes: '- a' },
    ]);
    expect(releasesOf('# Changelog\n\n## Unreleased\n')).toEqual([]);
  });

  it.each([
    ['no place for what is not released', '# Changelog\n\n## 0.1.0 (2026-11-28)\n'],
    ['a version without a day', '# Changelog\n\n## Unreleased\n\n## 0.1.0\n'],
    ['two places for what is not released', '# Changelog\n\n## Unreleased\n\n## Unreleased\n'],
  ])('is refused with %s', (_what, text) => {
    expect(() => releasesOf(text)).toThrow(/CHANGELOG\.md/);
  });

  it('of this project can be read', () => {
    expect(() => releasesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))).not.toThrow();
  });
});
