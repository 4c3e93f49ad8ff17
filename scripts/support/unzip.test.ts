import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from './unzip.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-unzip-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Entry {
  name: string;
  text: string;
  method?: 0 | 8 | 12;
  mode?: number;
}

/** An archive as APPNOTE.TXT describes it. */
function zipOf(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const { name, text, method = 8, mode = 0 } of entries) {
    const bytes = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const extra = Buffer.from('only before the file');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(at, 42);
    files.push(local, Buffer.from(name), extra, bytes);
    index.push(entry, Buffer.from(name));
    at += local.length + name.length + extra.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...index, end]);
}

function unpack(entries: readonly Entry[]) {
  const path = join(directory, 'x.zip');
  writeFileSync(path, zipOf(entries));
  unzip(path, join(directory, 'out'), { below: 'runtime/' });
}

describe('a ZIP archive', () => {
  it('yields the files below one folder, compressed or not, with their permissions', () => {
    unpack([
      { name: 'runtime/', text: '', method: 0 },
      { name: 'runtime/bin/java', text: 'x'.repeat(10_000), mode: 0o100755 },
      { name: 'runtime/lib/modules', text: 'stored', method: 0, mode: 0o100644 },
      { name: 'other', text: 'left out' },
    ]);
    expect(readFileSync(join(directory, 'out', 'bin', 'java'), 'utf8')).toBe('x'.repeat(10_000));
    expect(statSync(join(directory, 'out', 'bin', 'java')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(directory, 'out', 'lib', 'modules'), 'utf8')).toBe('stored');
    expect(statSync(join(directory, 'out', 'lib', 'modules')).mode & 0o111).toBe(0);
    expect(() => statSync(join(directory, 'out', 'other'))).toThrow('ENOENT');
  });

  it('is refused if a name points outside, the compression is unsupported, or it is not a ZIP', () => {
    expect(() => unpack([{ name: 'runtime/../../y', text: '' }])).toThrow('points outside');
    expect(() => unpack([{ name: 'runtime/y', text: '', method: 12 }])).toThrow('unsupported compression');
    writeFileSync(join(directory, 'no.zip'), 'not an archive, though long enough to be one');
    expect(() => unzip(join(directory, 'no.zip'), directory, { below: '' })).toThrow('not a ZIP archive');
  });
});
