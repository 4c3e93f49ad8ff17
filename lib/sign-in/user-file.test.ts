import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserFile } from './user-file';

const PASSWORD = 'a long enough phrase';

let directory: string;
const path = () => join(directory, 'users.json');
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringside-users-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('local users', () => {
  it('are kept with a hash of their password, and known to others who read the file', async () => {
    const [one, other] = [new UserFile(path()), new UserFile(path())];
    await other.refresh();
    expect(other.names).toEqual([]);
    await one.put('anna', PASSWORD, ['dba', 'dba']);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readFile(path(), 'utf8')).not.toContain(PASSWORD);
    await other.refresh();
    expect(other.groupsOf('anna')).toEqual(['dba']);
    expect(await other.check('anna', PASSWORD)).toBe(true);
    expect(await other.check('anna', 'another long phrase')).toBe(false);
    expect(await other.check('ben', PASSWORD)).toBe(false);
    expect(await one.remove('anna')).toBe(true);
    await other.refresh();
    expect(other.groupsOf('anna')).toBeUndefined();
    expect(await one.remove('anna')).toBe(false);
  });

  it.each([
    ['Anna', PASSWORD, [], 'lower-case'],
    ['../anna', PASSWORD, [], 'lower-case'],
    ['__proto__', PASSWORD, [], 'lower-case'],
    ['anna', 'short', [], 'at least 12'],
    ['anna', PASSWORD, ['a,b'], 'group'],
  ])('are refused: %s with %s and %j', async (name, password, groups, why) => {
    const users = new UserFile(path());
    await expect(users.put(name, password, groups)).rejects.toMatchObject({
      error: { code: 'invalid_request', message: expect.stringContaining(why) },
    });
    await expect(stat(path())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('stay known while the file is damaged', async () => {
    const users = new UserFile(path());
    await users.put('anna', PASSWORD, []);
    await writeFile(path(), '{"version":1,"users":{"anna":{"password":"plain","groups":[]}}}');
    await expect(users.refresh()).rejects.toMatchObject({ error: { code: 'storage_failed' } });
    expect(users.groupsOf('anna')).toEqual([]);
  });
});
