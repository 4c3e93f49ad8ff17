import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ApprovalRan } from '@/lib/contract/approvals';
import type { Principal } from '@/lib/contract/principal';
import { Approvals, type Asked } from './approvals';

const data = mkdtempSync(join(tmpdir(), 'ringside-approvals-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const person = (name: string): Principal => ({ id: name, name, asker: { name, way: 'local', groups: [] } });
const [ANNA, BEN] = [person('anna'), person('ben')];
const HOUR_MS = 3_600_000;
const RAN: ApprovalRan = { at: '2026-11-30T00:00:00.000Z', outcome: 'applied', message: 'Applied.', statements: [] };
const STATEMENT = 'DELETE FROM shop.orders WHERE id = 1';
const ASKED: Asked = {
  ...{ cluster: 'prod', reason: 'It is a test.', title: 'DELETE shop.orders', consistency: 'ONE', notes: [] },
  statements: [{ statement: STATEMENT, keyspace: null, params: null }],
  work: { of: 'statements', requests: [{ statement: STATEMENT, params: [-0] }], onFailure: 'stop' },
  ...{ needs: [], seen: [], waitMs: 24 * HOUR_MS },
};
const run = () => Promise.resolve(RAN);

function opened(name: string, clock = { ms: 0 }, changedPlace: () => Promise<null> = async () => null) {
  const folder = join(data, name);
  const ground = { nowMs: () => clock.ms, changedPlace, runMs: () => HOUR_MS };
  return { folder, clock, approvals: new Approvals(folder, ground), again: () => new Approvals(folder, ground) };
}

describe('changes that wait', () => {
  it('expire without anybody looking, waiting and approved', async () => {
    const { approvals, clock } = opened('expiry');
    const [waits, may] = [await approvals.ask(ANNA, ASKED), await approvals.ask(ANNA, ASKED)];
    await approvals.act('prod', may.id, { principal: BEN, action: { action: 'approve' }, run });
    clock.ms = HOUR_MS;
    expect(await approvals.get('prod', may.id)).toMatchObject({ state: 'expired' });
    expect(await approvals.get('prod', waits.id)).toMatchObject({ state: 'waiting' });
    const late = approvals.act('prod', may.id, { principal: ANNA, action: { action: 'run' }, run });
    await expect(late).rejects.toThrow(/expired/);
    clock.ms = 24 * HOUR_MS;
    expect((await approvals.list('prod')).map(({ state }) => state)).toEqual(['expired', 'expired']);
    await expect(approvals.get('other', waits.id)).rejects.toThrow(/no change/);
  });

  it('keep what is asked to the digit, also -0', async () => {
    const { approvals, folder, again } = opened('exact');
    const { id } = await approvals.ask(ANNA, ASKED);
    expect(readFileSync(join(folder, `${id}.json`), 'utf8')).toContain('"params":[-0]');
    expect((await again().get('prod', id)).work).toEqual(ASKED.work);
  });

  it('are on the disk as running before anything is sent', async () => {
    const { approvals, folder } = opened('running');
    const { id } = await approvals.ask(ANNA, ASKED);
    await approvals.act('prod', id, { principal: BEN, action: { action: 'approve' }, run });
    const stateOnDisk = () => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')).state;
    const seen = vi.fn(async () => {
      expect(stateOnDisk()).toBe('running');
      return RAN;
    });
    const ran = await approvals.act('prod', id, { principal: ANNA, action: { action: 'run' }, run: seen });
    expect(seen).toHaveBeenCalledTimes(1);
    expect(ran).toMatchObject({ state: 'ran', ran: RAN });
    expect(stateOnDisk()).toBe('ran');
  });

  it('run once of many that run it at the same moment, after one look at the schema', async () => {
    const looked = new Promise<null>((resolve) => setImmediate(resolve, null));
    const { approvals } = opened('at-once', { ms: 0 }, () => looked);
    const { id } = await approvals.ask(ANNA, ASKED);
    await approvals.act('prod', id, { principal: BEN, action: { action: 'approve' }, run });
    const seen = vi.fn(run);
    const act = () => approvals.act('prod', id, { principal: ANNA, action: { action: 'run' }, run: seen });
    const ended = await Promise.allSettled([act(), act(), act()]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it('keep what undoes a run, also after a restart', async () => {
    const { approvals, again } = opened('undo');
    const { id } = await approvals.ask(ANNA, ASKED);
    await approvals.act('prod', id, { principal: BEN, action: { action: 'approve' }, run });
    const changes = [{ kind: 'update' as const, key: { p: 1 }, edits: { v: { set: 1 } } }];
    const ran = { ...RAN, undo: { keyspace: 'ks', table: 't', changes, left: 0 } };
    await approvals.act('prod', id, { principal: ANNA, action: { action: 'run' }, run: async () => ran });
    expect((await again().get('prod', id)).ran).toEqual(ran);
  });

  it('send nothing while the disk does not take it, and can be run afterwards', async () => {
    const { approvals, folder } = opened('disk');
    const { id } = await approvals.ask(ANNA, ASKED);
    await approvals.act('prod', id, { principal: BEN, action: { action: 'approve' }, run });
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder was');
    const seen = vi.fn(run);
    const act = () => approvals.act('prod', id, { principal: ANNA, action: { action: 'run' }, run: seen });
    await expect(act()).rejects.toMatchObject({ error: { code: 'storage_failed' } });
    expect(seen).not.toHaveBeenCalled();
    rmSync(folder);
    expect(await act()).toMatchObject({ state: 'ran' });
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it('are bounded for each person and in size, and damaged files run nothing', async () => {
    const { approvals, folder, again } = opened('bounds');
    const long = { ...ASKED, notes: ['x'.repeat(600_000)] };
    await expect(approvals.ask(ANNA, long)).rejects.toThrow(/too long/);
    for (let at = 0; at < 20; at++) await approvals.ask(ANNA, ASKED);
    await expect(approvals.ask(ANNA, ASKED)).rejects.toMatchObject({ error: { code: 'overloaded' } });
    const { id } = await approvals.ask(BEN, ASKED);
    writeFileSync(join(folder, `${id}.json`), '{"state":"approved"');
    const said = vi.spyOn(console, 'error').mockReturnValue(undefined);
    expect(await again().list('prod')).toHaveLength(20);
    expect(said).toHaveBeenCalledTimes(1);
    said.mockRestore();
  });
});
