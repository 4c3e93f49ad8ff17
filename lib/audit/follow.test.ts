import { describe, expect, it, vi } from 'vitest';
import { type AuditEntry, auditConfigSchema } from '@/lib/contract/audit';
import { Failure } from '@/lib/failure';
import type { ApiTokens, KnownApiToken } from '@/lib/sign-in/api-tokens';
import type { Sessions } from '@/lib/sign-in/sessions';
import type { WebGate } from '@/lib/sign-in/web-gate';
import { configurationAudited, gateAudited, jobsAudited, sessionsAudited } from './follow';

function lines() {
  const entries: AuditEntry[] = [];
  const append = (entry: AuditEntry) => void entries.push(entry);
  const announce = vi.fn((entry: AuditEntry) => Promise.resolve(append(entry)));
  return { entries, audit: { append, announce, config: auditConfigSchema.parse({}) } };
}

const job = {
  ...{ id: '1', kind: 'load', cluster: 'demo', title: 'k.t', owner: 'person-1', consistency: 'ONE' },
  statement: "INSERT INTO k.t (a) VALUES ('x')",
};

const CI: KnownApiToken = {
  ...{ id: 'x', name: 'ci', person: { name: 'anna', way: 'local', groups: [] }, readOnly: false, clusters: null },
  ...{ madeMs: 0, endsMs: 1, confirmedMs: 0, used: null, ended: null },
};

describe('a job', () => {
  it('has a line for each of its steps', async () => {
    const { entries, audit } = lines();
    const follower = jobsAudited(audit);
    await follower.before('created', { ...job, schedule: { id: '2', name: 'nightly', run: '3' } });
    follower.after('started', job);
    follower.after('failed', { ...job, rows: 7, error: { code: 'overloaded', message: '', retryable: true } });
    expect(entries).toMatchObject([
      {
        ...{ event: 'job', personId: 'person-1', cluster: 'demo', tables: ['k.t'], outcome: 'begun' },
        statement: "INSERT INTO k.t (a) VALUES ('•••')",
        job: { id: '1', kind: 'load', step: 'created', title: 'k.t', schedule: 'nightly' },
      },
      { outcome: 'begun', job: { step: 'started' } },
      { outcome: 'failed', error: 'overloaded', rows: 7, job: { step: 'failed' } },
    ]);
  });

  it('has the name of its person, so that a search by name finds it', () => {
    const { entries, audit } = lines();
    const follower = jobsAudited(audit);
    follower.after('started', { ...job, ownerName: 'anna' });
    follower.after('started', job);
    expect(entries.map(({ person, personId }) => [person, personId])).toEqual([
      ['anna', 'person-1'],
      [null, 'person-1'],
    ]);
  });

  it('that writes is not created where that cannot be kept; one that reads is', async () => {
    const { entries, audit } = lines();
    audit.announce.mockRejectedValue(new Failure({ code: 'audit_unavailable', message: '', retryable: true }));
    const follower = jobsAudited(audit);
    await expect(follower.before('created', job)).rejects.toMatchObject({ error: { code: 'audit_unavailable' } });
    await follower.before('created', { ...job, kind: 'export' });
    expect(entries).toHaveLength(1);
  });
});

describe('a session', () => {
  it('that ended although nobody ended it has a line with the reason', () => {
    const { entries, audit } = lines();
    let hear: Parameters<Sessions['heardBy']>[0] = () => undefined;
    const heardBy = (listener: typeof hear) => {
      hear = listener;
    };
    sessionsAudited({ sessions: { heardBy, forgetEnded: () => Promise.resolve() }, tokens: null }, audit);
    const times = { startedMs: 0, usedMs: 0, endsMs: 1, shownId: 'x' };
    const anna = { name: 'anna', way: 'local', groups: [] } as const;
    hear({ ...times, person: anna, address: '192.0.2.1', agent: '' }, 'user_removed');
    expect(entries).toMatchObject([
      { event: 'session', person: 'anna', way: 'local', address: '192.0.2.1', outcome: 'done', ended: 'user_removed' },
    ]);
  });
});

describe('an API token', () => {
  it('that its person did not revoke has a line with its name and the reason', () => {
    const { entries, audit } = lines();
    let hear: Parameters<ApiTokens['heardBy']>[0] = () => undefined;
    const heardBy = (listener: typeof hear) => {
      hear = listener;
    };
    const sessions = { heardBy: () => undefined, forgetEnded: () => Promise.resolve() };
    sessionsAudited({ sessions, tokens: { heardBy } }, audit);
    hear({ ...CI, ended: 'admin' });
    expect(entries).toMatchObject([
      { event: 'token', person: 'anna', way: 'local', token: { id: 'x', name: 'ci' }, outcome: 'done', ended: 'admin' },
    ]);
  });
});

describe('the configuration file', () => {
  it('has a line for each time it is taken or refused, with the keys that changed', () => {
    const { entries, audit } = lines();
    configurationAudited(audit, { isTaken: true, keys: ['clusters[prod].port'] });
    configurationAudited(audit, { isTaken: false, keys: [] });
    configurationAudited(null, { isTaken: true, keys: [] });
    expect(entries).toMatchObject([
      { event: 'configuration', person: null, outcome: 'done', configuration: { keys: ['clusters[prod].port'] } },
      { event: 'configuration', outcome: 'refused', error: 'invalid_request', configuration: { keys: [] } },
    ]);
  });
});

describe('the gate', () => {
  const asked = {
    ...{ method: 'POST', path: '/api/clusters/demo/query', target: '', headers: {}, isFromProxy: false },
    ...{ address: '192.0.2.1', agent: '', requestId: 'request-1' },
  };
  const gate = (entry: Awaited<ReturnType<WebGate['enter']>>): WebGate => ({
    ...{ origin: null, needsProxy: false },
    enter: () => Promise.resolve(entry),
  });

  it('has a line for whom it refuses, and none for others', async () => {
    const { entries, audit } = lines();
    const refuse = { kind: 'refuse', status: 401, message: '', hint: '' } as const;
    expect(await gateAudited(gate(refuse), audit).enter(asked)).toBe(refuse);
    await gateAudited(gate({ kind: 'pass', person: null, cookies: [], erases: false }), audit).enter(asked);
    expect(entries).toMatchObject([
      {
        ...{ event: 'request', person: null, outcome: 'refused', error: 'signed_out', address: '192.0.2.1' },
        ...{ requestId: 'request-1', endpoint: 'POST /api/clusters/demo/query' },
      },
    ]);
    await gateAudited(gate({ ...refuse, token: CI }), audit).enter(asked);
    await gateAudited(gate({ ...refuse, status: 429 }), audit).enter(asked);
    expect(entries.slice(1)).toMatchObject([
      { person: 'anna', way: 'local', token: { id: 'x', name: 'ci' }, outcome: 'refused', error: 'signed_out' },
      { person: null, outcome: 'refused', error: 'too_many_attempts' },
    ]);
    const plain = gate(refuse);
    expect(gateAudited(plain, null)).toBe(plain);
  });
});
