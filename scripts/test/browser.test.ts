import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aptHasChromium, browsersHere, provideBrowser, refusalOf } from './browser.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-browser-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The stub that some systems install instead of a browser. */
function standIn(name = 'chromium-browser') {
  const path = join(directory, name);
  writeFileSync(path, '#!/bin/sh\necho "requires the chromium snap to be installed" >&2\nexit 10\n');
  chmodSync(path, 0o755);
  return path;
}

describe('a browser for the end-to-end tests', () => {
  it('is Playwright’s own before one on the PATH, and a headless shell before a whole browser', () => {
    const browser = standIn('chromium-browser');
    const shell = standIn('chromium-headless-shell');
    const here = browsersHere({ NODE_ENV: 'test', PATH: `/nowhere:${directory}` });
    expect(here.slice(0, 3)).toEqual([undefined, shell, browser]);
  });

  it('is refused with the reason if it cannot open a page', async () => {
    expect(await refusalOf(standIn())).toEqual(expect.any(String));
    expect(await refusalOf(join(directory, 'none'))).toEqual(expect.any(String));
  });

  it('is never any other than the one in RINGSIDE_CHROMIUM', async () => {
    const env = { NODE_ENV: 'test' as const, RINGSIDE_CHROMIUM: standIn() };
    const signal = new AbortController().signal;
    await expect(provideBrowser({ env, signal })).rejects.toThrow('The browser in RINGSIDE_CHROMIUM does not start');
  });

  it.each([
    [0, 'NAME="Debian GNU/Linux"\nID=debian\n', true],
    [1000, 'ID=debian\n', false],
    [0, 'ID=ubuntu\nID_LIKE=debian\n', false],
    [undefined, '', false],
  ])('comes from apt for user %s on %j: %s', (uid, osRelease, expected) => {
    expect(aptHasChromium({ uid, osRelease })).toBe(expected);
  });
});
