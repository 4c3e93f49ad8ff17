/** "1 replica", "3 replicas". */
function replicas(count: string): string {
  return count === '1' ? '1 replica' : `${count} replicas`;
}

/**
 * What a keyspace's replication options mean, in a sentence. Options are as the server stores them: `class` with its
 * package, and strings for all values. Unknown strategies and options are shown as they are.
 */
export function replicationInWords(options: Readonly<Record<string, string>>): string {
  const { class: className = '', ...rest } = options;
  const strategy = className.split('.').at(-1) ?? className;
  const entries = Object.entries(rest);
  switch (strategy) {
    case '':
      return 'Virtual: every node computes its own rows, nothing is stored.';
    case 'LocalStrategy':
      return 'Every node keeps its own data; nothing is replicated.';
    case 'EverywhereStrategy':
      return 'Every node holds all rows.';
    case 'SimpleStrategy':
      return `${replicas(transient(rest.replication_factor ?? 'unknown'))} on the next nodes of the ring, whatever their datacenter or rack.`;
    case 'NetworkTopologyStrategy':
      return entries.length === 0
        ? 'By datacenter, but none is named: there are no replicas.'
        : `${entries.map(([datacenter, count]) => `${replicas(transient(count))} in ${datacenter}`).join(', ')}${spread(rest)}.`;
    default:
      return `${strategy} with ${entries.map(([name, value]) => `${name} ${value}`).join(', ') || 'no options'}.`;
  }
}

/** Racks matter once a datacenter has a second replica. */
function spread(counts: Readonly<Record<string, string>>): string {
  return Object.values(counts).some((count) => count !== '1' && count !== '0')
    ? ', on different racks where possible'
    : '';
}

/** `3/1` is three replicas, one of which is transient: it keeps only what is not repaired yet. */
function transient(count: string): string {
  const parts = /^(\d+)\/(\d+)$/.exec(count);
  return parts === null ? count : `${parts[1]} (${parts[2]} of them transient)`;
}
