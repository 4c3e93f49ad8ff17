import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AuditEntry, auditConfigSchema } from '@/lib/contract/audit';
import { newEntry } from './entry';
import { RefusalPace } from './refusal-pace';
import { ServerAudit } from './server-audit';

let folder: string;
const path = () => join(folder, 'audit', 'audit.ndjson');
const lines = () =>
  readFileSync(path(), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): AuditEntry => JSON.parse(line));
const begun = () => newEntry({ event: 'begun', person: 'anna', outcome: 'begun' } as const);
const refused = (address: string) =>
  newEntry({ event: 'request', person: null, outcome: 'refused', error: 'signed_out', address } as const);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-audit-'));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('the audit of a server', () => {
  it('has a line for its start and its end', async () => {
    const audit = new ServerAudit(auditConfigSchema.parse({}), path(), true);
    await audit.begin();
    await audit.end();
    expect(lines().map(({ event, outcome }) => [event, outcome])).toEqual([
      ['server', 'begun'],
      ['server', 'done'],
    ]);
    expect(audit.standing).toMatchObject({ failing: null, lines: 2, lost: 0, refusesWrites: true });
  });

  it('refuses what would write while its folder is gone, and goes on when it is back', async () => {
    const audit = new ServerAudit(auditConfigSchema.parse({}), path(), true);
    await audit.begin();
    renameSync(join(folder, 'audit'), join(folder, 'away'));
    await expect(audit.announce(begun())).rejects.toMatchObject({
      error: { code: 'audit_unavailable' },
    });
    audit.append(refused('192.0.2.1'));
    expect(audit.standing.failing?.why).toBe(`The folder is gone (${path()}).`);
    renameSync(join(folder, 'away'), join(folder, 'audit'));
    await audit.announce(begun());
    expect(lines().map(({ event }) => event)).toEqual(['server', 'request', 'begun']);
    expect(audit.standing).toMatchObject({ failing: null, lost: 0 });
  });

  it('says once that writes are refused from now on, and lets work go on when it is back', async () => {
    const audit = new ServerAudit(auditConfigSchema.parse({}), path(), true);
    const said: string[] = [];
    audit.whenRefusing(({ code }) => said.push(code));
    await audit.begin();
    audit.checkGoesOn();
    renameSync(join(folder, 'audit'), join(folder, 'away'));
    for (let times = 0; times < 2; times++) await audit.announce(begun()).catch(() => undefined);
    expect(said).toEqual(['audit_unavailable']);
    expect(() => audit.checkGoesOn()).toThrow('The audit cannot be written');
    renameSync(join(folder, 'away'), join(folder, 'audit'));
    await audit.announce(begun());
    audit.checkGoesOn();
  });

  it('goes on without it where the configuration says so, or nobody signs in', async () => {
    for (const [config, isSignedIn] of [
      [{ ifFailing: 'go_on' }, true],
      [{}, false],
    ] as const) {
      const audit = new ServerAudit(auditConfigSchema.parse(config), path(), isSignedIn);
      const said: string[] = [];
      audit.whenRefusing(({ code }) => said.push(code));
      await audit.announce(begun());
      expect(audit.standing).toMatchObject({ refusesWrites: false, failing: { since: expect.any(String) } });
      audit.checkGoesOn();
      expect(said).toEqual([]);
    }
  });

  it('goes to stdout too, or alone', async () => {
    for (const to of ['stdout', 'both'] as const) {
      const said: string[] = [];
      const stdout = (bytes: Buffer) => Promise.resolve(void said.push(bytes.toString('utf8')));
      const audit = new ServerAudit(auditConfigSchema.parse({ to }), path(), true, stdout);
      await audit.begin();
      expect(said.map((line) => JSON.parse(line).event)).toEqual(['server']);
      expect(audit.standing.file).toBe(to === 'both' ? path() : null);
    }
    expect(lines()).toHaveLength(1);
  });

  it('lists few of many refusals that are alike, and counts the others', async () => {
    const audit = new ServerAudit(auditConfigSchema.parse({}), path(), true);
    await audit.begin();
    for (let index = 0; index < 50; index++) audit.append(refused('192.0.2.1'));
    audit.append(refused('192.0.2.2'));
    await audit.end();
    expect(lines().filter(({ address }) => address === '192.0.2.1')).toHaveLength(21);
    expect(lines().filter(({ address }) => address === '192.0.2.2')).toHaveLength(1);
    expect(lines().find(({ more }) => more !== undefined)).toMatchObject({ error: 'signed_out', more: 30 });
  });
});

describe('the pace of refusals', () => {
  it('begins again after a minute, and keeps few kinds', () => {
    let nowMs = 0;
    const pace = new RefusalPace(() => nowMs);
    pace.ended();
    const at = (address: string) => pace.lists({ person: null, address });
    expect(Array.from({ length: 25 }, () => at('a')).filter(Boolean)).toHaveLength(20);
    expect(pace.ended()).toEqual([]);
    nowMs = 60_000;
    expect(pace.ended()).toMatchObject([{ like: { address: 'a' }, more: 5 }]);
    expect(at('a')).toBe(true);
    const listed = Array.from({ length: 1_000 }, (_, index) => at(`of ${index}`)).filter(Boolean);
    expect(listed).toHaveLength(519);
  });
});
