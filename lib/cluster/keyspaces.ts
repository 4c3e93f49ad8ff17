import type { Keyspace } from '@/lib/contract/schema';

/** Keyspaces whose data has a place on the ring, by name: people's own, then Cassandra's. Virtual ones have none. */
export function placedKeyspaces(keyspaces: readonly Keyspace[]): { own: string[]; system: string[] } {
  const names = (system: boolean) =>
    keyspaces
      .filter((keyspace) => !keyspace.virtual && keyspace.system === system)
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b, 'en'));
  return { own: names(false), system: names(true) };
}
