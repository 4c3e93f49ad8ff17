/** How a keyspace's rows are replicated, from the options in `system_schema.keyspaces.replication`. */
export type ReplicationStrategy =
  | { readonly kind: 'simple'; readonly factor: number }
  /** Replicas per datacenter; those not listed have none. */
  | { readonly kind: 'network'; readonly factors: ReadonlyMap<string, number> }
  /** Every node has its own rows, replicated nowhere. */
  | { readonly kind: 'local' }
  | { readonly kind: 'everywhere' }
  /** A strategy whose placement Ringside does not know; `reason` is for a person. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type KnownReplication = Exclude<ReplicationStrategy, { kind: 'unknown' }>;

const unknown = (reason: string): ReplicationStrategy => ({ kind: 'unknown', reason });

function parseFactor(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}

/** `3/1` is three replicas, one of them transient: the server places those elsewhere. */
function badFactor(text: string): ReplicationStrategy {
  return unknown(
    text.includes('/')
      ? `Replication factor ${text} has transient replicas, whose placement Ringside cannot compute`
      : `"${text}" is not a replication factor known to Ringside`,
  );
}

function simple(text: string | undefined): ReplicationStrategy {
  const factor = text === undefined ? undefined : parseFactor(text);
  return factor === undefined ? badFactor(text ?? '') : { kind: 'simple', factor };
}

function network(options: Readonly<Record<string, string>>): ReplicationStrategy {
  const factors = new Map<string, number>();
  for (const [datacenter, text] of Object.entries(options)) {
    if (datacenter === 'class') continue;
    const factor = parseFactor(text);
    if (factor === undefined) return badFactor(text);
    factors.set(datacenter, factor);
  }
  return { kind: 'network', factors };
}

/** Reads replication options, `class` with or without its package. Never throws. */
export function parseReplication(options: Readonly<Record<string, string>>): ReplicationStrategy {
  const className = options.class ?? '';
  switch (className.split('.').at(-1)) {
    case 'SimpleStrategy':
      return simple(options.replication_factor);
    case 'NetworkTopologyStrategy':
      return network(options);
    case 'LocalStrategy':
      return { kind: 'local' };
    case 'EverywhereStrategy':
      return { kind: 'everywhere' };
    default:
      return unknown(`Ringside does not know where ${className || 'a keyspace without a strategy'} puts replicas`);
  }
}

/** How many replicas a row has in all; null where the strategy says no number. */
export function totalFactor(options: Readonly<Record<string, string>>): number | null {
  const replication = parseReplication(options);
  if (replication.kind === 'simple') return replication.factor;
  if (replication.kind !== 'network') return null;
  return [...replication.factors.values()].reduce((sum, factor) => sum + factor, 0);
}
