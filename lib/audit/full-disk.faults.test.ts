import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AuditEntry, auditConfigSchema, auditEntrySchema } from '@/lib/contract/audit';
import { newEntry } from './entry';
import { ServerAudit } from './server-audit';

/** A disk of 256 KiB, which only root may mount. */
const DISK = mkdtempSync(join(tmpdir(), 'ringside-disk-'));
const FILE = join(DISK, 'audit', 'audit.ndjson');
const FILLER = join(DISK, 'filler');

function asRoot(...command: readonly string[]): void {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  execFileSync(program, args);
}

/** Writes until the disk takes nothing more. */
function fill(): void {
  for (let bytes = 65_536; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      for (;;) writeFileSync(FILLER, 'x'.repeat(bytes), { flag: 'a' });
    } catch {
      // Less may still fit.
    }
  }
}

const lines = () =>
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => auditEntrySchema.parse(JSON.parse(line)));
const entry = (name: string): AuditEntry =>
  newEntry({ event: 'request', person: name, outcome: 'done', statement: 'x'.repeat(3_000) } as const);

beforeAll(() => {
  asRoot('mount', '-t', 'tmpfs', '-o', `size=256k,mode=0700,uid=${process.getuid?.() ?? 0}`, 'tmpfs', DISK);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterAll(() => {
  asRoot('umount', DISK);
  rmSync(DISK, { recursive: true });
});

it('on a disk that is full tears no line, refuses writes, and goes on when there is room', async () => {
  const audit = new ServerAudit(auditConfigSchema.parse({}), FILE, true);
  await audit.begin();
  audit.append(entry('before'));
  await audit.announce(entry('kept'));
  fill();
  const full = statSync(FILE).size;
  await expect(audit.announce(entry('refused'))).rejects.toMatchObject({ error: { code: 'audit_unavailable' } });
  for (let index = 0; index < 20; index++) audit.append(entry(`waits ${index}`));
  await expect(audit.announce(entry('refused'))).rejects.toMatchObject({ error: { code: 'audit_unavailable' } });
  expect(audit.standing.failing?.why).toBe(`The disk is full (${FILE}).`);
  expect(lines().map(({ person }) => person)).toEqual([null, 'before', 'kept']);
  expect(statSync(FILE).size).toBe(full);
  truncateSync(FILLER, 0);
  await expect.poll(() => audit.standing.failing, { timeout: 20_000 }).toBeNull();
  await audit.announce(entry('after'));
  const waited = Array.from({ length: 20 }, (_, index) => `waits ${index}`);
  expect(lines().map(({ person }) => person)).toEqual([null, 'before', 'kept', ...waited, 'after']);
  expect(audit.standing.lost).toBe(0);
});
