import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATA_LAYOUT, openDataFolder } from './data-folder';

let folder = '';
const markOf = () => JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8'));
const mark = (value: unknown) => writeFileSync(join(folder, 'layout.json'), JSON.stringify(value));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the data folder', () => {
  it('is made and marked, and is current from then on', () => {
    const inside = join(folder, 'a', 'b');
    expect([openDataFolder(inside), openDataFolder(inside)]).toEqual(['new', 'current']);
    expect(readdirSync(inside)).toEqual(['layout.json']);
  });

  it('of an earlier Ringside is taken over, and its files stay', () => {
    mkdirSync(join(folder, 'history'));
    writeFileSync(join(folder, 'secret'), 'x');
    expect(openDataFolder(folder)).toBe('earlier');
    expect(markOf()).toMatchObject({ layout: DATA_LAYOUT });
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('x');
  });

  it('of a later Ringside is refused with both versions, and nothing in it changes', () => {
    const later = { layout: DATA_LAYOUT + 1, ringside: '9.9.9', more: true };
    mark(later);
    expect(() => openDataFolder(folder)).toThrow(/written by Ringside 9\.9\.9 \(layout 2\); this is \d+\.\d+\.\d+/);
    expect(markOf()).toEqual(later);
  });

  it('of a later Ringside with the same layout is taken: a step back is possible', () => {
    mark({ layout: DATA_LAYOUT, ringside: '9.9.9' });
    expect(openDataFolder(folder)).toBe('current');
    expect(markOf()).toMatchObject({ ringside: '9.9.9' });
  });

  it.each(['', '{', '{"layout":"1"}', '[]'])('with a damaged mark is refused: %j', (text) => {
    writeFileSync(join(folder, 'layout.json'), text);
    expect(() => openDataFolder(folder)).toThrow('is not valid');
  });

  it('that cannot be a folder is refused with the reason', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDataFolder(join(folder, 'file'))).toThrow(/RINGSIDE_DATA_DIR: .*EEXIST|ENOTDIR/);
    expect(existsSync(join(folder, 'layout.json'))).toBe(false);
  });
});
