import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RotatingFile } from './rotating-file';

let folder: string;
const ROTATION = { fileBytes: 100, files: 3, sync: true };
const path = () => join(folder, 'audit', 'audit.ndjson');
const line = (text: string) => Buffer.from(`${text}\n`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function opened() {
  const file = new RotatingFile(path(), ROTATION);
  await file.begin();
  return file;
}

describe('the file of an audit', () => {
  it('is only added to, and only its owner may read it', async () => {
    const file = await opened();
    await file.append(line('1'));
    await file.append(line('2'));
    expect(readFileSync(path(), 'utf8')).toBe('1\n2\n');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is set aside when it is large, and the oldest goes', async () => {
    const file = await opened();
    const large = 'x'.repeat(120);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await file.append(line(name + large));
    await file.append(line('f'));
    const files = await file.files();
    expect(files.map((one) => readFileSync(one, 'utf8')[0])).toEqual(['f', 'e', 'd']);
    expect(readdirSync(join(folder, 'audit'))).toHaveLength(3);
  });

  it('begins a new line after half of one', async () => {
    const file = await opened();
    appendFileSync(path(), '{"half":');
    await file.append(line('1'));
    await file.append(line('2'));
    expect(readFileSync(path(), 'utf8')).toBe('{"half":\n1\n2\n');
  });

  it('is begun again where somebody has moved it away', async () => {
    const file = await opened();
    await file.append(line('1'));
    renameSync(path(), join(folder, 'kept'));
    await file.append(line('2'));
    expect(readFileSync(path(), 'utf8')).toBe('2\n');
  });

  it('is not written where the folder is gone, or a link has its name', async () => {
    const file = await opened();
    rmSync(join(folder, 'audit'), { recursive: true });
    await expect(file.append(line('1'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'audit'), '');
    await expect(file.append(line('1'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
