import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCurrentLts, LTS_MAJOR } from './node-lts.mjs';
import { ROOT } from './paths.mjs';

describe('the Node that tests run on', () => {
  it('is the one in the image', () => {
    const file = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
    expect(/^ARG NODE_IMAGE=(.*)$/m.exec(file)?.[1]).toBe(`node:${LTS_MAJOR}-slim`);
    expect([...file.matchAll(/^FROM \$\{(\w+)\}/gm)].map(([, name]) => name)).toEqual(['NODE_IMAGE', 'NODE_IMAGE']);
  });

  it('is recognised by its major release', () => {
    expect(isCurrentLts(`v${LTS_MAJOR}.1.0`)).toBe(true);
    expect(isCurrentLts('v20.9.0')).toBe(false);
    expect(isCurrentLts(`v${LTS_MAJOR}0.1.0`)).toBe(false);
  });
});
