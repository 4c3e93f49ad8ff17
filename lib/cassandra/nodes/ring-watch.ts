import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Routing } from '../client/routing';
import { readRingMembers } from './ring-members';

/**
 * Keeps routing's view of the ring up to date: reads it now, and whenever the driver finds a node, loses one, or gets one
 * back, which may have other tokens. Nothing waits for it, and a failed read leaves the last view.
 * @returns when the first read has ended
 */
export function watchRing(client: Client, routing: Routing): Promise<void> {
  let [isReading, isAskedAgain] = [false, false];
  const read = async (): Promise<void> => {
    isAskedAgain = isReading;
    if (isReading) return;
    isReading = true;
    const hosts = client.hosts.values().filter((host) => host.isUp());
    const members = await readRingMembers(client, hosts).catch(() => null);
    if (members !== null) routing.learnMembers(members.map((member) => ({ ...member, id: member.address })));
    isReading = false;
    if (isAskedAgain) await read();
  };
  for (const event of ['hostUp', 'hostAdd', 'hostRemove']) client.on(event, () => void read());
  return read();
}
