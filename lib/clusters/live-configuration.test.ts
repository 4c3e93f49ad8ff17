import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Configuration } from '@/lib/config';
import { type FoundConfiguration, LiveConfiguration } from './live-configuration';

const directory = mkdtempSync(join(tmpdir(), 'ringside-live-configuration-'));
const endings: (() => void)[] = [];
afterEach(() => endings.splice(0).forEach((end) => void end()));
afterAll(() => rmSync(directory, { recursive: true }));

const textOf = (...names: string[]) =>
  JSON.stringify({ clusters: names.map((name) => ({ name, contactPoints: ['10.0.0.1'] })) });

let count = 0;
/** A watched file, what was taken from it, and what was logged. */
function watched(text: string) {
  const path = join(directory, `${count++}.json`);
  writeFileSync(path, text);
  const [taken, logged, found]: [string[], string[], FoundConfiguration[]] = [[], [], []];
  const take = async ({ clusters }: Configuration) => {
    taken.push(clusters.map(({ name }) => name).join(' '));
    return [];
  };
  const live = new LiveConfiguration({ from: 'file', path }, text, {
    take,
    log: (line) => void logged.push(line),
    found: (file) => void found.push(file),
    everyMs: 20,
  });
  endings.push(live.watch());
  return { path, live, taken, logged, found };
}

describe('the configuration file', () => {
  it('is taken when it changes, also when it is replaced', async () => {
    const { path, taken, live } = watched(textOf('a'));
    writeFileSync(path, textOf('a', 'b'));
    await expect.poll(() => taken).toEqual(['a b']);
    writeFileSync(`${path}.new`, textOf('c'));
    renameSync(`${path}.new`, path);
    await expect.poll(() => taken).toEqual(['a b', 'c']);
    expect(live.invalid).toBeNull();
  });

  it('that is not valid is named with the key, and nothing is taken until it is valid again', async () => {
    const { path, taken, live, logged } = watched(textOf('a'));
    writeFileSync(path, JSON.stringify({ clusters: [{ name: 'a', contactPoints: ['x'], port: 0 }] }));
    await expect.poll(() => live.invalid?.message).toContain(`${path}: clusters[0].port: `);
    expect(logged.at(-1)).toContain('clusters[0].port');
    writeFileSync(path, '{"clusters": [');
    await expect.poll(() => live.invalid?.message).toContain('not JSON');
    rmSync(path);
    await expect.poll(() => live.invalid?.message).toContain('does not exist');
    expect(taken).toEqual([]);
    writeFileSync(path, textOf('a', 'b'));
    await expect.poll(() => taken).toEqual(['a b']);
    expect(live.invalid).toBeNull();
  });

  it('is said each time it is taken or refused, with the keys that differ from what is used', async () => {
    const { path, found, live } = watched(textOf('a'));
    writeFileSync(path, JSON.stringify({ clusters: [{ name: 'a', contactPoints: ['10.0.0.1'], port: 0 }] }));
    await live.look();
    writeFileSync(path, '{');
    await live.look();
    writeFileSync(path, JSON.stringify({ clusters: [{ name: 'a', contactPoints: ['10.0.0.1'], port: 9043 }] }));
    await live.look();
    writeFileSync(path, textOf('a'));
    await live.look();
    expect(found).toEqual([
      { isTaken: false, keys: ['clusters[a].port'] },
      { isTaken: false, keys: [] },
      { isTaken: true, keys: ['clusters[a].port'] },
      { isTaken: true, keys: ['clusters[a].port'] },
    ]);
  });

  it('that is back to what it was is no longer invalid', async () => {
    const { path, live } = watched(textOf('a'));
    writeFileSync(path, '{');
    await expect.poll(() => live.invalid).not.toBeNull();
    writeFileSync(path, textOf('a'));
    await expect.poll(() => live.invalid).toBeNull();
    rmSync(path);
    await expect.poll(() => live.invalid).not.toBeNull();
    writeFileSync(path, textOf('a'));
    await expect.poll(() => live.invalid).toBeNull();
  });

  it('names the keys that wait for the next start, until they are as they were', async () => {
    const { path, live, logged } = watched(textOf('a'));
    const { clusters } = JSON.parse(textOf('a'));
    writeFileSync(path, JSON.stringify({ clusters, audit: false, load: { uploadGb: 1 } }));
    await live.look();
    expect(live.waiting).toEqual(['audit']);
    expect(logged.at(-1)).toBe('Of the configuration, audit takes effect at the next start.');
    writeFileSync(path, JSON.stringify({ clusters, load: { uploadGb: 2 } }));
    await live.look();
    expect(live.waiting).toEqual([]);
  });

  it('that was only touched changes nothing', async () => {
    const { path, taken, live } = watched(textOf('a'));
    writeFileSync(path, textOf('a'));
    await live.look();
    expect(taken).toEqual([]);
  });
});
