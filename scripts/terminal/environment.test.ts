import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { environmentOf } from './environment.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ringside-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the environment of the command line', () => {
  it('is this project’s from any folder, unless something else is configured', async () => {
    const nodes = { RINGSIDE_CONTACT_POINTS: 'db.example' };
    expect(await environmentOf(nodes, folder)).toEqual({ RINGSIDE_DATA_DIR: STATE_DIRECTORY });
    expect(await environmentOf({ ...nodes, RINGSIDE_DATA_DIR: '/data' }, folder)).toEqual({});
  });

  it('leaves a configuration in the current folder alone', async () => {
    writeFileSync(join(folder, 'ringside.config.json'), '{"clusters": []}');
    expect(await environmentOf({}, folder)).toEqual({ RINGSIDE_DATA_DIR: STATE_DIRECTORY });
  });
});
