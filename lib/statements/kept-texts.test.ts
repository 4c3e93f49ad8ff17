import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptTexts } from './kept-texts';

const DAY_MS = 24 * 3_600_000;
let directory: string;
let nowMs = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-texts-'));
  nowMs = Date.parse('2026-11-29T00:00:00.000Z');
});
afterEach(() => rmSync(directory, { recursive: true }));

const texts = () => new KeptTexts(directory, 3, () => nowMs);

describe('a statement kept for a link', () => {
  it('is found by its id, which only the same statement has', async () => {
    const { id, expiresAt } = await texts().keep({ text: 'SELECT 1', keyspace: 'k' });
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(expiresAt).toBe('2026-12-29T00:00:00.000Z');
    expect(await texts().read(id)).toEqual({ text: 'SELECT 1', keyspace: 'k', expiresAt });
    expect((await texts().keep({ text: 'SELECT 1', keyspace: 'k' })).id).toBe(id);
    expect((await texts().keep({ text: 'SELECT 1', keyspace: null })).id).not.toBe(id);
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it('has no password', async () => {
    const { id } = await texts().keep({ text: "ALTER ROLE a WITH PASSWORD = 'secret'", keyspace: null });
    expect(await texts().read(id)).toMatchObject({ text: "ALTER ROLE a WITH PASSWORD = '•••'" });
  });

  it('lasts 30 days after its link was last copied', async () => {
    const { id } = await texts().keep({ text: 'a', keyspace: null });
    nowMs += 29 * DAY_MS;
    await texts().keep({ text: 'a', keyspace: null });
    nowMs += 30 * DAY_MS;
    expect(await texts().read(id)).toMatchObject({ text: 'a' });
    nowMs += 1_000;
    await expect(texts().read(id)).rejects.toThrow('no longer kept');
    await texts().keep({ text: 'b', keyspace: null });
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it('gives way to newer ones beyond the bound', async () => {
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      ids.push((await texts().keep({ text, keyspace: null })).id);
      nowMs += 1_000;
    }
    await expect(texts().read(ids[0] ?? '')).rejects.toThrow('no longer kept');
    expect(await texts().read(ids[1] ?? '')).toMatchObject({ text: 'b' });
  });

  it.each(['', '../secret', 'x'.repeat(22), '../../../../../etc/pass'])('is not there for the id %j', async (id) => {
    await expect(texts().read(id)).rejects.toThrow('no longer kept');
  });
});
