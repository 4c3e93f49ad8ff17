import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Principal } from '@/lib/contract/principal';
import { Passes } from './passes';

const data = mkdtempSync(join(tmpdir(), 'ringside-passes-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const person = (name: string): Principal => ({ id: name, name, asker: { name, way: 'local', groups: [] } });
const [ANNA, BEN] = [person('anna'), person('ben')];
const asked = { cluster: 'prod', reason: 'The shop is down.', minutes: 10 };

describe('an emergency pass', () => {
  it('is for its person, its cluster and its time', async () => {
    let now = 0;
    const passes = new Passes(join(data, 'one', 'passes.json'), () => now);
    await passes.take(ANNA, asked);
    expect(passes.find(ANNA, 'prod')).toMatchObject({ reason: 'The shop is down.', untilMs: 600_000 });
    expect(passes.find(BEN, 'prod')).toBeUndefined();
    expect(passes.find(ANNA, 'other')).toBeUndefined();
    await expect(passes.take(ANNA, asked)).rejects.toThrow(/already/);
    now = 599_999;
    expect(passes.of('prod')).toHaveLength(1);
    now = 600_000;
    expect(passes.of('prod')).toEqual([]);
    expect(statSync(join(data, 'one', 'passes.json')).mode & 0o777).toBe(0o600);
  });

  it('outlives a restart and not its end, which is heard', async () => {
    let now = 0;
    const file = join(data, 'two', 'passes.json');
    await new Passes(file, () => now).take(ANNA, asked);
    await new Passes(file, () => now).load(vi.fn());
    const heard = vi.fn();
    now = 300_000;
    const later = new Passes(file, () => now);
    await later.load(heard);
    expect(later.find(ANNA, 'prod')).toBeDefined();
    await later.end(ANNA, 'prod');
    expect(heard.mock.calls).toEqual([[expect.objectContaining({ owner: 'anna' }), 'hand']]);
    await expect(later.end(ANNA, 'prod')).rejects.toThrow(/no emergency pass/);

    await later.take(BEN, asked);
    now = 2_000_000;
    const last = new Passes(file, () => now);
    await last.load(heard);
    expect(heard.mock.calls.at(-1)).toEqual([expect.objectContaining({ owner: 'ben' }), 'time']);
    expect(last.of('prod')).toEqual([]);
  });
});
