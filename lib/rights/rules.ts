import type { Asker } from '@/lib/contract/asker';
import {
  type Grant,
  READY_MADE,
  type RightLimits,
  type RoleConfig,
  type Subject,
  type Verb,
} from '@/lib/contract/rights';
import { matches } from './glob';
import { type Reach, reaches, reachesWithin } from './reach';

/** What is asked about; without a table all tables of the keyspace, without a keyspace all of the cluster. */
export interface RightPlace {
  readonly cluster: string;
  readonly keyspace?: string | undefined;
  readonly table?: string | undefined;
}

/** No cluster has this name: only a role for all clusters is for it. */
export const EVERY_CLUSTER = '*';

/** A grant of one of a person's roles. */
export interface Rule extends Grant {
  readonly role: string;
  /** Of the role. */
  readonly limits: RightLimits;
}

/** What a person may do, and by which rule. */
export interface PersonRights {
  readonly rules: readonly Rule[];
  /**
   * Of who signed in as a Cassandra role: what there is to see of the schema. Whatever else they do, Cassandra itself allows
   * or refuses.
   */
  readonly reach?: Reach | undefined;
}

/** Only `operate` and `admin` open these: they say what others do, or who they are. */
const OF_OPERATORS = new Set([
  'system_traces',
  'system_views',
  'system_auth',
  'system_distributed',
  'system_virtual_schema',
]);
/** Anybody who may see the cluster may read these: the schema is in them. */
const OF_EVERYBODY = new Set(['system', 'system_schema']);
/** But these tables of `system` hold rows, keys or statements of any table. */
const WITH_ROWS_OF_OTHERS = new Set(['batches', 'paxos', 'prepared_statements', 'top_partitions']);

/** The rights of a person: all that any of their roles gives. Nobody has any without a role. */
export function rightsOf(roles: readonly RoleConfig[], asker: Asker): PersonRights {
  const own = roles.filter(({ subjects }) => subjects.some((subject) => isSubject(subject, asker)));
  return { rules: own.flatMap(rulesOf) };
}

/** The same rights for one cluster alone, and of its schema only what a Cassandra role has a permission on. */
export function asRoleOf(rights: PersonRights, cluster: string, reach: Reach): PersonRights {
  const rules = rights.rules.filter((rule) => matches(rule.clusters, cluster));
  return { ...rights, rules: rules.map((rule) => ({ ...rule, clusters: [cluster] })), reach };
}

/** The rule that allows something everywhere in a place; null: nothing does, so it is refused. */
export function ruleFor(rights: PersonRights, verb: Verb, place: RightPlace): Rule | null {
  return rulesFor(rights, verb, place)[0] ?? null;
}

/** All rules that allow something everywhere in a place. */
export function rulesFor({ rules, reach }: PersonRights, verb: Verb, place: RightPlace): readonly Rule[] {
  const { keyspace, table } = place;
  const isOfOthers = keyspace === 'system' && verb !== 'see' && WITH_ROWS_OF_OTHERS.has(table ?? '');
  if (keyspace !== undefined && (isOfOthers || OF_OPERATORS.has(keyspace))) return operatorRules(rules, verb, place);
  if (keyspace !== undefined && OF_EVERYBODY.has(keyspace) && (verb === 'see' || verb === 'read')) {
    return rules.filter(({ clusters }) => matches(clusters, place.cluster));
  }
  if (verb === 'see' && reach !== undefined && !reaches(reach, place)) return operatorRules(rules, verb, place);
  return rules.filter((rule) => gives(rule, verb) && covers(rule, place));
}

/** The rule that allows something for at least one table of a cluster: whether a page is of use at all. */
export function ruleSomewhere({ rules }: PersonRights, verb: Verb, cluster: string): Rule | null {
  return rules.find((rule) => gives(rule, verb) && matches(rule.clusters, cluster)) ?? null;
}

/** The rule that allows something for at least one table of a keyspace. */
export function ruleWithin(rights: PersonRights, verb: Verb, cluster: string, keyspace: string): Rule | null {
  if (OF_OPERATORS.has(keyspace) || OF_EVERYBODY.has(keyspace)) return ruleFor(rights, verb, { cluster, keyspace });
  const { reach } = rights;
  if (verb === 'see' && reach !== undefined && !reachesWithin(reach, keyspace)) {
    return operatorRules(rights.rules, verb, { cluster, keyspace })[0] ?? null;
  }
  const isThere = (rule: Rule) => matches(rule.clusters, cluster) && matches(rule.keyspaces, keyspace);
  return rights.rules.find((rule) => gives(rule, verb) && isThere(rule)) ?? null;
}

/** The rule that allows something anywhere. */
export function ruleAnywhere({ rules }: PersonRights, verb: Verb): Rule | null {
  return rules.find((rule) => gives(rule, verb)) ?? null;
}

/** Whether any column of a table is masked: each rule that lets the person read it has masks. */
export function hasMasks(rights: PersonRights, place: RightPlace): boolean {
  const reading = readingRules(rights, place);
  return reading.length > 0 && reading.every(({ masks }) => masks.length > 0);
}

/** The rules that let a person read a table. Those that a cluster's own tables are open by have no masks. */
export function readingRules({ rules }: PersonRights, place: RightPlace): readonly Rule[] {
  if (place.keyspace !== undefined && OF_EVERYBODY.has(place.keyspace)) return [];
  return rules.filter((rule) => rule.verbs.includes('read') && covers(rule, place));
}

/** `system_auth` and its like: to see and read with `operate` for the whole cluster, to change with `admin`. */
function operatorRules(rules: readonly Rule[], verb: Verb, { cluster }: RightPlace): readonly Rule[] {
  const needed: readonly Verb[] = verb === 'see' || verb === 'read' ? ['operate', 'admin'] : ['admin'];
  const isWhole = (rule: Rule) => covers(rule, { cluster });
  return rules.filter((rule) => needed.some((one) => rule.verbs.includes(one)) && isWhole(rule));
}

/** Whoever may do anything with a table sees it. */
export function gives({ verbs }: Rule, verb: Verb): boolean {
  return verb === 'see' || verbs.includes(verb);
}

function rulesOf({ name: role, as, allow, limits, ...beside }: RoleConfig): Rule[] {
  const ready: Grant[] =
    as === undefined
      ? []
      : [
          {
            clusters: beside.clusters ?? ['*'],
            keyspaces: beside.keyspaces ?? ['*'],
            tables: beside.tables ?? ['*'],
            masks: beside.masks ?? [],
            verbs: [...READY_MADE[as]],
          },
        ];
  return [...ready, ...allow].map((grant) => ({ ...grant, role, limits }));
}

function covers({ clusters, keyspaces, tables }: Rule, { cluster, keyspace, table }: RightPlace): boolean {
  const isAll = (globs: readonly string[]) => globs.includes('*');
  return (
    matches(clusters, cluster) &&
    (keyspace === undefined ? isAll(keyspaces) : matches(keyspaces, keyspace)) &&
    (table === undefined ? isAll(tables) : matches(tables, table))
  );
}

function isSubject(subject: Subject, { name, way, groups }: Asker): boolean {
  if (subject.way !== undefined && subject.way !== way) return false;
  if ('everybody' in subject) return true;
  return 'user' in subject ? subject.user === name : groups.includes(subject.group);
}
