import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/placement.json';
import { effectiveOwnership, primaryOwnership } from './ownership';
import { type RingNode, replicasOf } from './placement';
import { type KnownReplication, parseReplication } from './replication';

type RingFixture = (typeof fixture.rings)[number];

const nodesOf = (ring: RingFixture): RingNode[] =>
  ring.nodes.map((node) => ({ ...node, tokens: node.tokens.split(' ').map(BigInt) }));

function known(options: Record<string, string | undefined>): KnownReplication {
  const given = Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  const replication = parseReplication(Object.fromEntries(given));
  if (replication.kind === 'unknown') throw new Error(replication.reason);
  return replication;
}

const node = (id: string, datacenter: string, rack: string, ...tokens: bigint[]): RingNode => {
  return { id, datacenter, rack, tokens };
};

describe('matches the server’s own results', () => {
  const cases = fixture.rings.flatMap((ring, index) =>
    ring.replications.map((replication) => [index, ring, replication] as const),
  );

  it.each(cases)('ring %i: replicas and effective ownership', (_index, ring, { options, replicas, effective }) => {
    const nodes = nodesOf(ring);
    const replication = known(options);
    for (const [token, ids] of Object.entries(replicas)) {
      expect([token, replicasOf(BigInt(token), nodes, replication).join(' ')]).toEqual([token, ids]);
    }
    const owned = effectiveOwnership(nodes, replication);
    for (const line of effective.split(', ')) {
      const [id = '', share] = line.split(' ');
      expect(owned?.get(id)).toBeCloseTo(Number(share), 3);
    }
  });
});

describe('replicasOf', () => {
  const uneven = [
    node('a', 'dc1', 'r1', 0n),
    node('b', 'dc1', 'r1', 10n),
    node('x', 'dc2', 'r1', 15n),
    node('c', 'dc1', 'r2', 20n),
    node('y', 'dc2', 'r1', 25n),
  ];

  it('prefers racks not used yet, separately in each datacenter', () => {
    const replication = known({ class: 'NetworkTopologyStrategy', dc1: '2', dc2: '1' });
    expect(replicasOf(-5n, uneven, replication)).toEqual(['a', 'x', 'c']);
    expect(replicasOf(16n, uneven, replication)).toEqual(['c', 'y', 'a']);
  });

  it('gives the owner of a range its end and nothing after it', () => {
    const replication = known({ class: 'SimpleStrategy', replication_factor: '1' });
    expect(replicasOf(10n, uneven, replication)).toEqual(['b']);
    expect(replicasOf(11n, uneven, replication)).toEqual(['x']);
    expect(replicasOf(26n, uneven, replication)).toEqual(['a']);
  });

  it('leaves out nodes without tokens, and is empty for rings without nodes', () => {
    const joining = [...uneven, node('z', 'dc1', 'r3')];
    expect(replicasOf(0n, joining, known({ class: 'NetworkTopologyStrategy', dc1: '3' }))).toEqual(['a', 'b', 'c']);
    expect(replicasOf(0n, [], known({ class: 'SimpleStrategy', replication_factor: '3' }))).toEqual([]);
    expect(replicasOf(0n, uneven, known({ class: 'NetworkTopologyStrategy', elsewhere: '3' }))).toEqual([]);
  });

  it('lists every node for EverywhereStrategy and none for LocalStrategy', () => {
    expect(replicasOf(21n, uneven, known({ class: 'EverywhereStrategy' }))).toEqual(['y', 'a', 'b', 'x', 'c']);
    expect(replicasOf(21n, uneven, known({ class: 'org.apache.cassandra.locator.LocalStrategy' }))).toEqual([]);
  });

  it('never lists a node twice, and lists as many as the factors and nodes allow', () => {
    const place = fc.record({ datacenter: fc.constantFrom('d1', 'd2', 'd3'), rack: fc.constantFrom('r1', 'r2', 'r3') });
    const tokens = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 4 });
    const factors = fc.record({ d1: fc.nat(5), d2: fc.nat(5) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, tokens), { maxLength: 12 }),
        factors,
        fc.bigInt(),
        (places, factor, token) => {
          const seen = new Set<bigint>();
          const nodes = places.map(([where, own], index): RingNode => {
            const free = own.filter((candidate) => !seen.has(candidate));
            for (const taken of free) seen.add(taken);
            return { id: String(index), ...where, tokens: free };
          });
          const replicas = replicasOf(BigInt.asIntN(64, token), nodes, {
            kind: 'network',
            factors: new Map(Object.entries(factor)),
          });
          expect(new Set(replicas).size).toBe(replicas.length);
          for (const [datacenter, wanted] of Object.entries(factor)) {
            const members = nodes.filter((member) => member.datacenter === datacenter && member.tokens.length > 0);
            const got = members.filter((member) => replicas.includes(member.id));
            expect(got.length).toBe(Math.min(wanted, members.length));
          }
        },
      ),
    );
  });
});

describe('ownership', () => {
  const quarter = 2n ** 62n;
  const nodes = [
    node('a', 'dc1', 'r1', -2n * quarter + 1n, 1n),
    node('b', 'dc1', 'r1', -quarter + 1n),
    node('c', 'dc2', 'r1', quarter + 1n),
  ];

  it('is the share of the ring that a node is primary for', () => {
    expect(Object.fromEntries(primaryOwnership(nodes))).toEqual({ a: 0.5, b: 0.25, c: 0.25 });
    expect(primaryOwnership([node('only', 'dc1', 'r1', 7n)]).get('only')).toBe(1);
    expect(primaryOwnership([node('none', 'dc1', 'r1')]).get('none')).toBe(0);
  });

  it('adds up to the replicas of each datacenter', () => {
    const owned = effectiveOwnership(nodes, known({ class: 'NetworkTopologyStrategy', dc1: '1', dc2: '3' }));
    expect(Object.fromEntries(owned ?? [])).toEqual({ a: 0.75, b: 0.25, c: 1 });
    expect(effectiveOwnership(nodes, { kind: 'local' })).toBeUndefined();
  });
});

describe('parseReplication', () => {
  it('reads the class with its package and the factors by datacenter', () => {
    expect(
      parseReplication({ class: 'org.apache.cassandra.locator.NetworkTopologyStrategy', dc1: '3', dc2: '0' }),
    ).toEqual({
      kind: 'network',
      factors: new Map([
        ['dc1', 3],
        ['dc2', 0],
      ]),
    });
  });

  it.each([
    [{ class: 'NetworkTopologyStrategy', dc1: '3/1' }, 'transient'],
    [{ class: 'SimpleStrategy', replication_factor: 'x' }, 'not a replication factor'],
    [{ class: 'SimpleStrategy' }, 'not a replication factor'],
    [{ class: 'com.example.Odd' }, 'com.example.Odd'],
    [{}, 'without a strategy'],
  ])('says why %j is unknown', (options, reason) => {
    expect(parseReplication(options)).toEqual({ kind: 'unknown', reason: expect.stringContaining(reason) });
  });
});
