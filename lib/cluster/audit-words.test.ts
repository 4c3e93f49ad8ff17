import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '@/lib/contract/audit';
import { auditFilterOf, readAuditAddress, writeAuditAddress } from './audit-address';
import { auditFacts, auditTitle } from './audit-words';

const PLAIN = { id: '1', time: '2026-11-30T00:00:00.000Z', person: null, outcome: 'done' } as const;
const LOST = { lines: 26, since: '', until: '', why: 'The disk is full.' };

describe('a line of the audit', () => {
  it.each<[Partial<AuditEntry> & Pick<AuditEntry, 'event'>, string]>([
    [{ event: 'request', endpoint: 'GET /api/audit' }, 'GET /api/audit'],
    [{ event: 'request', more: 30 }, '30 more refusals like those in the minute before'],
    [{ event: 'begun', endpoint: 'POST /x' }, 'About to change something: POST /x'],
    [{ event: 'server', outcome: 'begun' }, 'Ringside started'],
    [{ event: 'server' }, 'Ringside stopped'],
    [{ event: 'session' }, 'A session ended because of its time'],
    [{ event: 'token', ended: 'admin' }, 'An API token ended because an admin ended it'],
    [{ event: 'session', ended: 'user_removed' }, 'A session ended because its user was removed'],
    [{ event: 'session', ended: 'password' }, 'A session ended because its user was given another password'],
    [{ event: 'session', ended: 'provider' }, 'A session ended because its identity provider did not renew it'],
    [{ event: 'configuration' }, 'The configuration file was taken'],
    [{ event: 'configuration', outcome: 'refused' }, 'The configuration file is not valid and was not taken'],
    [{ event: 'lost', lost: LOST }, '26 lines could not be written and are missing here'],
    [{ event: 'job', job: { id: '1', kind: 'load', step: 'paused', title: 'k.t' } }, 'Job paused: load k.t'],
  ])('%o', (entry, title) => {
    expect(auditTitle({ ...PLAIN, ...entry })).toBe(title);
  });

  it('has its facts in words', () => {
    const facts = auditFacts({
      ...{ ...PLAIN, event: 'request', address: '192.0.2.1', way: 'local', cluster: 'demo', tables: ['k.t'] },
      ...{ rows: 1, bytes: 2_048, elapsedMs: 12.4, coordinators: ['10.0.0.1:9042'], applied: 'not_applied' },
    });
    expect(facts.slice(0, 4)).toEqual(['from 192.0.2.1 (local)', 'demo', 'k.t', '1 row']);
    expect(facts.slice(5)).toEqual(['12 ms', 'coordinated by 10.0.0.1:9042', 'not applied']);
    const keys = ['clusters[prod].port', 'signIn.origin'];
    expect(auditFacts({ ...PLAIN, event: 'configuration', configuration: { keys } })).toEqual(keys);
    expect(auditFacts({ ...PLAIN, event: 'lost', lost: LOST })).toEqual(['The disk is full.']);
  });
});

describe('the address of the audit', () => {
  it('is read as it was written, and becomes a search', () => {
    const given = {
      person: ' anna ',
      table: 'k.t',
      outcome: 'failed',
      since: '2026-11-30T06:00Z',
      here: true,
    } as const;
    const search = writeAuditAddress('other=1', given);
    const read = readAuditAddress(search);
    expect(read).toEqual({ ...given, text: '', until: null });
    expect(auditFilterOf('demo', read)).toEqual({
      ...{ cluster: 'demo', person: 'anna', table: 'k.t', outcome: 'failed', since: '2026-11-30T06:00:00.000Z' },
    });
    expect(writeAuditAddress(search, { person: '', table: '', outcome: null, since: null, here: false })).toBe(
      'other=1',
    );
  });

  it('that makes no sense looks for everything', () => {
    expect(auditFilterOf('demo', readAuditAddress('outcome=x&since=yesterday&until=2026-99-30T06:00Z&here=1'))).toEqual(
      {},
    );
  });
});
