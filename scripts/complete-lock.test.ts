import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeLock, platformOf, withoutIntegrity } from './complete-lock.mjs';
import { ROOT } from './support/paths.mjs';

describe('the system of a native package', () => {
  it.each([
    ['@next/swc-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@rollup/rollup-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@rollup/rollup-linux-s390x-gnu', { os: ['linux'], cpu: ['s390x'], libc: ['glibc'] }],
    ['@rollup/rollup-win32-x64-gnu', { os: ['win32'], cpu: ['x64'] }],
    ['@rollup/rollup-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['fsevents', {}],
  ])('%s is for %j', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

describe('completing a lock', () => {
  it('adds exactly the missing optional packages, and leaves the rest', () => {
    const packages = {
      '': {},
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { '@tool/darwin-arm64': '1.0.0', '@tool/linux-x64': '1.0.0', fsevents: '~2.3.2' },
      },
      'node_modules/@tool/linux-x64': { version: '1.0.0', integrity: 'sha512-x' },
    };
    expect(completeLock(packages)).toEqual(['node_modules/@tool/darwin-arm64']);
    expect(packages).toMatchObject({
      'node_modules/@tool/darwin-arm64': {
        version: '1.0.0',
        dev: true,
        optional: true,
        os: ['darwin'],
        cpu: ['arm64'],
      },
      'node_modules/@tool/linux-x64': { integrity: 'sha512-x' },
    });
    expect(completeLock(packages)).toEqual([]);
  });
});

describe('the lock', () => {
  it('has a checksum for every package: npm installs packages without one unchecked (node scripts/complete-lock.mjs)', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    expect(withoutIntegrity(packages)).toEqual([]);
  });

  it('reports packages without a checksum', () => {
    const packages = {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' },
      'node_modules/linked': { link: true },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
    };
    expect(withoutIntegrity(packages)).toEqual([
      { path: 'node_modules/a/node_modules/@b/c', name: '@b/c', version: '2.0.0' },
    ]);
  });
});
