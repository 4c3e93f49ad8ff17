import type { Classification } from '@/lib/contract/statements';

/**
 * What became of a statement that was stopped. Cassandra has no message that cancels a request (native protocol v4,
 * section 4.1): what was sent is carried out, and nobody waits for the response.
 */
export function stopWords({ isWrite, cost }: Pick<Classification, 'isWrite' | 'cost'>): string {
  if (!isWrite) {
    return 'Stopped: no more pages are requested. Cassandra may still read the page that was on its way; it is thrown away.';
  }
  const sent = 'You stopped waiting, but the statement had been sent';
  return cost.scope === 'schema'
    ? `${sent}: whether the schema changes is unknown. Look at the schema before you run it again.`
    : `${sent}: whether it was applied is unknown. Read what it changes before you run it again.`;
}
