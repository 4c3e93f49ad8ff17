import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';
import { imageTag, pack, project } from './pack.mjs';

/** Where somebody installs the tarball: nothing of the checkout is near it. */
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-installed-'));
  tarball = await pack(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  runIn('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runIn(command: string, args: readonly string[]): string {
  const env = {
    ...process.env,
    HOME: folder,
    npm_config_cache: join(folder, 'npm'),
    npm_config_update_notifier: 'false',
  };
  return execFileSync(command, [...args], { cwd: folder, env, encoding: 'utf8' });
}

const ringside = (...args: string[]) => runIn(join(folder, 'node_modules', '.bin', 'ringside'), args);

describe('the command line as it is released', () => {
  it('is one package of one file, with its licences and a README, that needs no other', () => {
    expect(basename(tarball)).toBe(`ringside-cli-${project().version}.tgz`);
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@ringside']);
    const installed = join(folder, 'node_modules', '@ringside', 'cli');
    const files = ['LICENSE', 'README.md', 'THIRD-PARTY.txt', 'export-thread.mjs', 'package.json', 'ringside.mjs'];
    expect(readdirSync(installed).sort()).toEqual(files);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    // Nothing publishes it by accident.
    expect(manifest).toMatchObject({ private: true, engines: project().engines });
    const licences = readFileSync(join(installed, 'THIRD-PARTY.txt'), 'utf8');
    for (const name of ['cassandra-driver', 'commander', 'zod']) expect(licences).toContain(`── ${name} `);
  });

  it('runs from a folder without a checkout, and says the version of package.json', () => {
    expect(ringside('--version')).toBe(`${project().version}\n`);
    expect(ringside('export', '--help')).toContain('--resume');
  });

  it('reaches for a cluster with the driver that is in the bundle', () => {
    // Nothing listens there: what is proved is that the driver loads and says so.
    const count = () => ringside('count', 'k.t', '--contact-points', '127.0.46.9', '--port', '9', '--quiet');
    expect(count).toThrow(/127\.0\.46\.9/);
  });
});

describe('the image', () => {
  it('is tagged with the version where it is built', () => {
    const compose = readFileSync(join(ROOT, 'compose.yaml'), 'utf8');
    expect(compose).toContain(`image: ${imageTag()}\n`);
  });

  it('is the one that the chart of the same version installs', () => {
    const chart = readFileSync(join(ROOT, 'deploy', 'helm', 'ringside', 'Chart.yaml'), 'utf8');
    const version = imageTag().split(':')[1];
    expect(chart).toContain(`\nversion: ${version}\n`);
    expect(chart).toContain(`\nappVersion: ${version}\n`);
  });
});
