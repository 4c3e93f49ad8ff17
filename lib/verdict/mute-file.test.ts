import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MuteFile } from './mute-file';

const DAY_MS = 86_400_000;
const directory = () => join(mkdtempSync(join(tmpdir(), 'ringside-mutes-')), 'mutes');
const asked = (id: string, days = 7) => ({ id, reason: 'on purpose', days });

describe('the file of mutes', () => {
  it('keeps a reason and an end, for each cluster apart, readable by its owner alone', async () => {
    const at = directory();
    const file = new MuteFile(at, () => 0);
    await file.add('one', asked('a:b'), 'anonymous', 'warn');
    expect(await new MuteFile(at, () => 0).list('one')).toEqual([
      {
        id: 'a:b',
        reason: 'on purpose',
        until: new Date(7 * DAY_MS).toISOString(),
        by: 'anonymous',
        at: new Date(0).toISOString(),
        severity: 'warn',
      },
    ]);
    expect(await file.list('other')).toEqual([]);
    expect(statSync(join(at, 'one.json')).mode & 0o077).toBe(0);
  });

  it('ends a mute at its date, and drops it from the file with the next change', async () => {
    const at = directory();
    let nowMs = 0;
    const file = new MuteFile(at, () => nowMs);
    await file.add('one', asked('a', 1), 'anonymous', 'warn');
    nowMs = DAY_MS;
    expect(await file.list('one')).toEqual([]);
    await file.add('one', asked('b', 1), 'anonymous', 'warn');
    expect(readFileSync(join(at, 'one.json'), 'utf8')).not.toContain('"a"');
  });

  it('replaces the mute of the same finding, and removes it', async () => {
    const file = new MuteFile(directory());
    await file.add('one', asked('a'), 'anonymous', 'warn');
    await file.add('one', { ...asked('a'), reason: 'still' }, 'anonymous', 'danger');
    expect(await file.list('one')).toMatchObject([{ reason: 'still', severity: 'danger' }]);
    await file.remove('one', 'a');
    await file.remove('one', 'a');
    expect(await file.list('one')).toEqual([]);
  });

  it('loses none of many changes at once, and takes no more than it can hold', async () => {
    const file = new MuteFile(directory(), Date.now, 20);
    const ids = Array.from({ length: 20 }, (_, at) => `f${at}`);
    await Promise.all(ids.map((id) => file.add('one', asked(id), 'anonymous', 'notice')));
    expect(await file.list('one')).toHaveLength(20);
    await expect(file.add('one', asked('more'), 'anonymous', 'notice')).rejects.toThrow('20 findings');
    await file.add('one', asked('f1'), 'anonymous', 'notice');
  });

  it('says when the file is damaged, instead of showing what was muted', async () => {
    const at = directory();
    const file = new MuteFile(at);
    await file.add('one', asked('a'), 'anonymous', 'warn');
    writeFileSync(join(at, 'one.json'), '[{"id": 3}]');
    await expect(file.list('one')).rejects.toThrow('not valid');
  });
});
