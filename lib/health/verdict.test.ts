import { describe, expect, it } from 'vitest';
import type { ClusterFacts } from './facts';
import { nodeViewsOf } from './node-views';
import { compareSettings, durationMs } from './settings';
import { facts, keyspace, local, node, rowsRead, seeing, silent, simple, table, view } from './test-facts';
import { findingsOf, seenSince, verdictOf } from './verdict';

const RISKY = facts({ keyspaces: [keyspace('shop', simple(1))] });
const ID = 'single_replica:shop';
const mute = (severity: 'danger' | 'warn' | 'notice') => ({
  id: ID,
  reason: 'on purpose',
  until: '2027-01-01T00:00:00.000Z',
  by: 'anonymous',
  at: '2026-11-29T00:00:00.000Z',
  severity,
});

function verdict(given = RISKY, mutes: readonly ReturnType<typeof mute>[] = [], ageMs = 0) {
  const found = findingsOf(given);
  return verdictOf(given, found, mutes, seenSince(found, new Map(), 0), ageMs);
}

describe('the verdict', () => {
  it('sets aside what is muted, and brings it back when it gets worse', () => {
    expect(verdict().findings.map(({ id }) => id)).toEqual([ID]);
    expect(verdict(RISKY, [mute('warn')])).toMatchObject({
      findings: [],
      muted: [{ finding: { id: ID }, mute: mute('warn') }],
    });
    expect(verdict(RISKY, [mute('danger')]).findings).toEqual([]);
    expect(verdict(RISKY, [mute('notice')])).toMatchObject({ findings: [{ id: ID }], muted: [] });
  });

  it('waits for what may pass, and says so meanwhile', () => {
    const differing = facts({ nodes: [seeing(1, 'down'), seeing(2, 'up'), node(3)] });
    const early = verdict(differing, [], 29_000);
    expect(early.findings).toEqual([]);
    expect(early.unknown).toEqual([expect.objectContaining({ why: expect.stringContaining('30.0 s') })]);
    expect(verdict(differing, [], 30_000)).toMatchObject({ findings: [{ kind: 'state_disagreement' }], unknown: [] });
  });

  it('forgets when a finding was first seen once it is gone', () => {
    const found = findingsOf(RISKY);
    expect(
      seenSince(
        found,
        new Map([
          [ID, 5],
          ['other', 6],
        ]),
        9,
      ),
    ).toEqual(new Map([[ID, 5]]));
    expect(seenSince(found, new Map(), 9)).toEqual(new Map([[ID, 9]]));
  });

  it('sends a bounded number of findings, and counts the others', () => {
    const keyspaces = Array.from({ length: 205 }, (_, at) => keyspace(`k${at}`, simple(1), []));
    const { notShown, findings } = verdict(facts({ keyspaces }));
    expect([findings.length, notShown]).toEqual([200, 5]);
  });

  it('names what could not be read, once for all nodes, with the GRANT that helps', () => {
    const refused = {
      outcome: 'not_permitted',
      statement: 'SELECT * FROM system_views.pending_hints',
      reason: 'This user lacks the permission.',
      role: 'Reader',
    } as const;
    const lacking = { outcome: 'no_such_table', statement: 'SELECT * FROM system_views.snapshots' } as const;
    const reads = { hints: refused, snapshots: lacking };
    const { unknown } = verdict(facts({ nodes: [node(1, reads), node(2, reads), silent(3)] }));
    expect(unknown).toEqual([
      {
        what: 'Hints that wait',
        why: 'This user lacks the permission.',
        nodes: ['127.0.0.1:9042', '127.0.0.2:9042'],
        grant: 'GRANT SELECT ON KEYSPACE system_views TO "Reader"',
      },
      {
        what: 'Snapshots that hold space',
        why: 'Cassandra 5.0.9 has no system_views.snapshots.',
        nodes: ['127.0.0.1:9042', '127.0.0.2:9042'],
        grant: null,
      },
    ]);
  });
});

describe('settings side by side', () => {
  const settings = (values: Record<string, string | null>) =>
    node(1, { settings: rowsRead<'settings'>(Object.entries(values).map(([name, value]) => ({ name, value }))) });
  const rows = (...all: Record<string, string | null>[]) => compareSettings(all.map(settings)).rows;

  it('show only what differs, what must agree first', () => {
    const one = { num_tokens: '16', listen_address: '127.0.0.1', authorizer: 'A', same: 'x' };
    const other = { num_tokens: '8', listen_address: '127.0.0.2', authorizer: 'B', same: 'x' };
    expect(rows(one, other).map(({ name, kind, values }) => [name, kind, values])).toEqual([
      ['authorizer', 'must_agree', ['A', 'B']],
      ['num_tokens', 'differs', ['16', '8']],
      ['listen_address', 'own', ['127.0.0.1', '127.0.0.2']],
    ]);
  });

  it.each(['client_encryption_options.keystore_password', 'server_encryption_options.truststore', 'some_secret_key'])(
    'never show %s, only which nodes have the same',
    (name) => {
      const [row] = rows({ [name]: 'hunter2' }, { [name]: 'hunter3' }, { [name]: 'hunter2' }, { [name]: null });
      expect(row).toMatchObject({ isMasked: true, values: ['hidden A', 'hidden B', 'hidden A', null] });
    },
  );

  it('show a setting under its new name alone', () => {
    const one = { read_request_timeout: '5000ms', read_request_timeout_in_ms: '5000' };
    const other = { read_request_timeout: '6s', read_request_timeout_in_ms: '6000' };
    expect(rows(one, other).map(({ name }) => name)).toEqual(['read_request_timeout']);
    expect(rows({ a_in_ms: '1' }, { a_in_ms: '2' }).map(({ name }) => name)).toEqual(['a_in_ms']);
  });

  it('have durations of every release', () => {
    expect(['10s', '3h', '500ms', '2m', '1d', '10800000', '', null, 'soon'].map(durationMs)).toEqual([
      10_000,
      10_800_000,
      500,
      120_000,
      86_400_000,
      10_800_000,
      null,
      null,
      null,
    ]);
  });
});

describe('what nodes say of each other', () => {
  const subject = (given: ReturnType<typeof facts>, id = 3) => nodeViewsOf(given).subjects[id - 1];

  it('is one state where they agree', () => {
    expect(subject(facts())).toMatchObject({ isAgreed: true, common: { state: 'up' }, others: [], fields: [] });
  });

  it('names who sees another state', () => {
    const given = facts({ nodes: [seeing(1, 'down'), seeing(2, 'up'), node(3), node(4)] });
    expect(subject(given)).toMatchObject({
      isAgreed: false,
      common: { state: 'up' },
      others: [{ observer: '127.0.0.1:9042', state: 'down' }],
    });
  });

  it('keeps a node that nobody can judge unknown, and agreed', () => {
    const given = facts({ nodes: [seeing(1, 'unknown'), silent(3)] });
    expect(subject(given, 2)).toMatchObject({ isAgreed: true, common: { state: 'unknown' } });
    expect(nodeViewsOf(given).silent).toMatchObject([{ node: '127.0.0.3:9042' }]);
    expect(nodeViewsOf(given).observers.map(({ node: name }) => name)).toEqual(['127.0.0.1:9042']);
  });

  it('names facts in which they differ, the node itself among them', () => {
    const odd = rowsRead<'gossip'>([view(1), view(2), view(3, 'up', { rack: 'elsewhere' })]);
    expect(subject(facts({ nodes: [node(1, { gossip: odd }), node(2), node(3)] }))).toMatchObject({
      isAgreed: false,
      fields: [
        {
          field: 'rack',
          values: [
            { value: 'elsewhere', observers: ['127.0.0.1:9042'] },
            { value: 'rack3', observers: ['127.0.0.2:9042', '127.0.0.3:9042'] },
          ],
        },
      ],
    });
  });

  it('comes from system.peers_v2 where a release has no gossip_info, which knows no states', () => {
    const lacking = { outcome: 'no_such_table', statement: 'SELECT * FROM system_views.gossip_info' } as const;
    const peers = rowsRead<'peers'>([view(3, 'unknown')]);
    const given = facts({ nodes: [node(1, { gossip: lacking, peers, local: rowsRead<'local'>([local()]) }), node(3)] });
    expect(nodeViewsOf(given).observers).toMatchObject([{ source: 'peers' }, { source: 'gossip' }]);
    expect(nodeViewsOf(given).subjects[1]).toMatchObject({ common: { state: 'unknown' } });
  });
});

describe('repairs that are not known', () => {
  const tables = ['t', 'u'].map((name) => ({ keyspace: 'shop', table: name, compaction: 'X', defaultTtlSeconds: 0 }));
  const keyspaces = [keyspace('shop', simple(3), [table('t'), table('u')])];
  const unknown = (repairHistory: ClusterFacts['repairHistory']) =>
    verdict(facts({ tables, keyspaces, ...(repairHistory === undefined ? {} : { repairHistory }) })).unknown;

  it('are said, with the GRANT where a role may not read them', () => {
    expect(unknown({ outcome: 'rows', rows: [], askedAt: 'now', statement: '' })).toEqual([
      expect.objectContaining({ why: expect.stringContaining('no record of a repair of 2 tables'), grant: null }),
    ]);
    expect(unknown({ outcome: 'unknown', why: 'not permitted', grant: 'GRANT it' })).toEqual([
      expect.objectContaining({ why: 'not permitted', grant: 'GRANT it' }),
    ]);
  });

  it('are not said where nobody looks at them', () => {
    expect(unknown(undefined)).toEqual([]);
  });
});
