import type { Verb } from '@/lib/contract/rights';
import type { MissingRight, ShownLimit, ShownRule, VerbAnswer } from '@/lib/contract/rights-answer';
import { formatCount, plural } from '@/lib/text/format';

/** What each verb allows. */
export const VERB_WORDS: Readonly<Record<Verb, string>> = {
  see: 'that it exists, its schema and sizes',
  read: 'rows, counts and samples',
  export: 'taking rows away',
  write: 'changing and loading rows',
  ddl: 'changing the schema',
  approve: 'letting others’ changes run where a second person is wanted',
  operate: 'nodes, traces, what others ran',
  admin: 'roles of Cassandra; for all clusters also the configuration and the audit',
};

/** What is asked about. */
export interface AskedPlace {
  readonly cluster: string;
  readonly keyspace: string | null;
  readonly table: string | null;
}

/** `shop.orders`, `the keyspace shop`, `the cluster prod`. */
export function placeWords({ cluster, keyspace, table }: AskedPlace): string {
  if (keyspace === null) return `the cluster ${cluster}`;
  return table === null ? `the keyspace ${keyspace}` : `${keyspace}.${table}`;
}

/** Whether a verb is allowed everywhere, in a part, or not at all. */
export function allowanceOf({ missing, partly }: VerbAnswer): 'yes' | 'partly' | 'no' {
  if (missing === null) return 'yes';
  return partly === null ? 'no' : 'partly';
}

/** What to ask for. */
export function missingWords({ verb, keyspace, table, isMasked }: MissingRight, cluster: string): string {
  const place = placeWords({ cluster, keyspace, table });
  if (isMasked) return `columns of ${place} are masked`;
  return `needs ${verb} on ${table === null ? 'all of ' : ''}${place}`;
}

/** Where a rule holds: `keyspace shop, tables order_*, on prod*`. */
export function ruleWords({ clusters, keyspaces, tables, masked, limits }: ShownRule): string {
  const parts = [
    namesWords('keyspace', keyspaces),
    namesWords('table', tables),
    `on ${isAll(clusters) ? 'all clusters' : clusters.join(', ')}`,
    masked.length === 0 ? '' : `masks ${masked.join(', ')}`,
    limitsWords(LIMIT_KINDS.map((kind) => ({ kind, most: limits[kind] }))),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

const LIMIT_KINDS = [
  'rows',
  'rowsPerSecond',
  'reads',
  'statementSeconds',
] as const satisfies readonly ShownLimit['kind'][];

const LIMIT_WORDS: Readonly<Record<ShownLimit['kind'], (most: number) => string>> = {
  rows: (most) => plural(most, 'row'),
  rowsPerSecond: (most) => `${plural(most, 'row')} a second`,
  reads: (most) => `${plural(most, 'read')} at the same time`,
  statementSeconds: (most) => `${formatCount(most)} s for a statement`,
};

/** `at most 1,000 rows, 2 reads at the same time`; empty without any. */
function limitsWords(limits: readonly { readonly kind: ShownLimit['kind']; readonly most?: number | undefined }[]) {
  const words = limits.flatMap(({ kind, most }) => (most === undefined ? [] : LIMIT_WORDS[kind](most)));
  return words.length === 0 ? '' : `at most ${words.join(', ')}`;
}

/** What limits a right, role by role: `at most 1,000 rows, by the role reports`. */
export function limitLines(limits: readonly ShownLimit[]): string[] {
  const roles = [...new Set(limits.map(({ role }) => role))];
  return roles.map((role) => `${limitsWords(limits.filter((one) => one.role === role))}, by the role ${role}`);
}

function namesWords(what: string, names: readonly string[]): string {
  if (isAll(names)) return `all ${what}s`;
  return `${what}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

function isAll(names: readonly string[]): boolean {
  return names.includes('*');
}

/** Groups as they are typed, with commas between them; undefined: none were typed. */
export function typedGroups(text: string): string[] | undefined {
  const groups = text.split(',').flatMap((group) => group.trim() || []);
  return groups.length === 0 ? undefined : groups;
}
