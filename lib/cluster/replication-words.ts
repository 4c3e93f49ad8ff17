/** "1 replica", "3 replicas". */
function replicas(count: string): string {
  return count === '1' ? '1 replica' : `${count} replicas`;
}

/**
 * What a keyspace's replication options mean, in a sentence. Options are as the server stores them: `class` with its
 * package, and strings for all values. What is not understood is said as it stands.
 */
export function replicationInWords(options: Readonly<Record<string, string>>): string {
  const { class: className = '', ...rest } = options;
  const strategy = className.split('.').at(-1) ?? className;
  const entries = Object.entries(rest);
  switch (strategy) {
    case '':
      return 'Virtual: every node answers for itself, nothing is stored.';
    case 'LocalStrategy':
      return 'Every node keeps its own data; nothing is replicated.';
    case 'EverywhereStrategy':
      return 'Every node holds all of it.';
    case 'SimpleStrategy':
      return `${replicas(transient(rest.replication_factor ?? 'unknown'))} on the next nodes of the ring, whatever their datacenter or rack.`;
    case 'NetworkTopologyStrategy':
      return entries.length === 0
        ? 'By datacenter, but no datacenter is named: there are no replicas.'
        : `${entries.map(([datacenter, count]) => `${replicas(transient(count))} in ${datacenter}`).join(', ')}${spread(rest)}.`;
    default:
      return `${strategy} with ${entries.map(([name, value]) => `${name} ${value}`).join(', ') || 'no options'}.`;
  }
}

/** Racks matter from the second replica of a datacenter on. */
function spread(counts: Readonly<Record<string, string>>): string {
  return Object.values(counts).some((count) => count !== '1' && count !== '0')
    ? ', on different racks as far as there are'
    : '';
}

/** `3/1` is three replicas, one of which is transient: it keeps only what is not repaired yet. */
function transient(count: string): string {
  const parts = /^(\d+)\/(\d+)$/.exec(count);
  return parts === null ? count : `${parts[1]} (${parts[2]} of them transient)`;
}
