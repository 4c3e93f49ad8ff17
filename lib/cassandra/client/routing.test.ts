import { describe, expect, it } from 'vitest';
import { Routing } from './routing';

const member = (id: string, tokens: readonly bigint[]) => ({ id, datacenter: 'dc1', rack: 'r1', tokens });
const SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, at) =>
  member(
    id,
    [0, 1, 2, 3].map((turn) => BigInt(turn * 6 + at) * 700_000_000_000_000_000n - 8_000_000_000_000_000_000n),
  ),
);
const simple = (name: string, factor: number) => ({
  name,
  replication: { class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: String(factor) },
});
const KEYS = Array.from({ length: 400 }, (_, at) => Uint8Array.of(at >> 8, at));

function routing(): Routing {
  const made = new Routing();
  made.learnMembers(SIX);
  made.learnKeyspaces([simple('two', 2), simple('all', 6)]);
  return made;
}

describe('the place of a partition', () => {
  it('is the same for the same nodes, whichever is the primary, and for no others', () => {
    const places = routing();
    const nodesOf = (key: Uint8Array) => places.replicas('two', key)?.toSorted().join();
    const [named, owned] = [KEYS.map((key) => places.placeOf('two', key)), KEYS.map(nodesOf)];
    const pairs = new Set(named.map((place, at) => JSON.stringify([place, owned[at]])));
    expect(pairs.size).toBeGreaterThan(3);
    expect([new Set(named).size, new Set(owned).size]).toEqual([pairs.size, pairs.size]);
  });

  it('is one where every node has every row', () => {
    const places = routing();
    expect(new Set(KEYS.map((key) => places.placeOf('all', key))).size).toBe(1);
  });

  it('is not known without members, or for a keyspace that is not known', () => {
    expect(new Routing().placeOf('two', Uint8Array.of(1))).toBeNull();
    expect(routing().placeOf('other', Uint8Array.of(1))).toBeNull();
  });
});
