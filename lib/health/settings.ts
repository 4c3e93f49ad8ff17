import type { SettingRow } from '@/lib/contract/health';
import type { NodeFacts } from './facts';
import { rowsOf } from './facts';

/**
 * Settings that nodes of one cluster must have in common, under all their names. What differs on purpose (heap, disks,
 * caches) is not here.
 */
const MUST_AGREE: ReadonlyMap<string, string> = new Map([
  ['cluster_name', 'nodes with another name do not join'],
  ['partitioner', 'tokens mean something else'],
  ['authenticator', 'a login works through one node and fails through another'],
  ['authorizer', 'a permission counts on one node and not on another'],
  ['role_manager', 'roles are looked up differently'],
  ['endpoint_snitch', 'nodes disagree about who is near, and in which datacenter'],
  ['storage_port', 'nodes look for each other on different ports'],
  ['server_encryption_options.internode_encryption', 'nodes refuse the connections of others'],
  ['server_encryption_options_internode_encryption', 'nodes refuse the connections of others'],
  ['storage_compatibility_mode', 'nodes write what others cannot read'],
  ['read_request_timeout', 'whether a read times out depends on the coordinator'],
  ['read_request_timeout_in_ms', 'whether a read times out depends on the coordinator'],
  ['write_request_timeout', 'whether a write times out depends on the coordinator'],
  ['write_request_timeout_in_ms', 'whether a write times out depends on the coordinator'],
  ['range_request_timeout', 'whether a range read times out depends on the coordinator'],
  ['range_request_timeout_in_ms', 'whether a range read times out depends on the coordinator'],
  ['cross_node_timeout', 'some nodes count the time on the network, others do not'],
  ['internode_timeout', 'some nodes count the time on the network, others do not'],
  ['hinted_handoff_enabled', 'whether a missed write is kept depends on the coordinator'],
  ['max_hint_window', 'whether a missed write is kept depends on the coordinator'],
  ['max_hint_window_in_ms', 'whether a missed write is kept depends on the coordinator'],
  ['tombstone_failure_threshold', 'a read fails through one replica and not through another'],
  ['user_defined_functions_enabled', 'a function works through one node and fails through another'],
  ['enable_user_defined_functions', 'a function works through one node and fails through another'],
]);

/** Each node has another value, by its nature. */
const OWN =
  /^(initial_token|(listen|rpc|broadcast|broadcast_rpc)_(address|interface).*|.*_director(y|ies)|heap_dump_path)$|(^|[._])(.*_dir|.*dirs?)$/;

/** Cassandra redacts these only since 5.0: `@Redacted` in its Config. */
const SECRET = /password|secret|keystore|truststore|private_key|credentials\.|token_secret/i;

/** Names since 4.1, and those of 4.0 with the unit in them, which 4.1 and later show as well. */
const UNIT = /_(in_)?(ms|us|kb|mb|bytes|seconds|secs|sec|minutes|mb_per_sec|megabits_per_sec)$/;

/** Whether its value must not be shown. */
export function isSecretSetting(name: string): boolean {
  return SECRET.test(name);
}

interface SettingDifference extends SettingRow {
  /** Why nodes must agree on it; undefined where they need not. */
  readonly why: string | undefined;
}

interface ComparedSettings {
  readonly nodes: readonly { readonly node: string; readonly askedAt: string }[];
  readonly compared: number;
  readonly rows: readonly SettingDifference[];
}

/** The settings of all nodes that answered, side by side: only what differs, secrets masked. */
export function compareSettings(facts: readonly NodeFacts[]): ComparedSettings {
  const answered = facts.flatMap((node) => {
    const read = rowsOf(node, 'settings');
    return read === undefined
      ? []
      : [
          {
            node: node.node,
            askedAt: read.askedAt,
            values: new Map(read.rows.map(({ name, value }) => [name, value])),
          },
        ];
  });
  const names = new Set(answered.flatMap(({ values }) => [...values.keys()]));
  const rows = [...names].sort().flatMap((name): SettingDifference[] => {
    if (hasNewName(name, names)) return [];
    const values = answered.map(({ values: own }) => own.get(name) ?? null);
    if (new Set(values).size < 2) return [];
    const isMasked = isSecretSetting(name);
    const why = MUST_AGREE.get(name);
    return [
      {
        name,
        kind: why !== undefined ? 'must_agree' : OWN.test(name) ? 'own' : 'differs',
        values: isMasked ? masked(values) : values,
        isMasked,
        why,
      },
    ];
  });
  return {
    nodes: answered.map(({ node, askedAt }) => ({ node, askedAt })),
    compared: names.size,
    rows: rows.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
  };
}

const KINDS: readonly SettingRow['kind'][] = ['must_agree', 'differs', 'own'];

/** Whether a name with its unit stands beside the new name of the same setting. */
export function hasNewName(name: string, names: ReadonlySet<string>): boolean {
  return UNIT.test(name) && names.has(name.replace(UNIT, ''));
}

/** Equal values get equal letters, so that it can be seen which nodes differ. */
function masked(values: readonly (string | null)[]): (string | null)[] {
  const letters = new Map<string, string>();
  return values.map((value) => {
    if (value === null) return null;
    const letter = letters.get(value) ?? `hidden ${String.fromCharCode(65 + (letters.size % 26))}`;
    letters.set(value, letter);
    return letter;
  });
}

const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "10s", "3h", "500ms", and the plain milliseconds of 4.0. Null: none of these. */
export function durationMs(text: string | null | undefined): number | null {
  const parts = /^(\d+)(ms|s|m|h|d)?$/.exec(text ?? '');
  return parts === null ? null : Number(parts[1]) * (DURATIONS[parts[2] ?? 'ms'] ?? 1);
}
