import { VERBS, type Verb } from '@/lib/contract/rights';
import type { MissingRight, ShownLimit, ShownRule, VerbAnswer } from '@/lib/contract/rights-answer';
import type { SchemaResponse } from '@/lib/contract/schema';
import { withBases } from './bases';
import { matches } from './glob';
import { LIMIT_KINDS, limitsOf, type PersonLimits, type WorkLimits } from './limits';
import { maskedColumns } from './masks';
import { type Lack, lackOf, need, someNeed } from './needs';
import { type PersonRights, type RightPlace, type Rule, ruleFor, ruleSomewhere, ruleWithin } from './rules';

/** No request asks for these on less than a cluster. */
const OF_CLUSTER: ReadonlySet<Verb> = new Set<Verb>(['operate', 'admin']);

/**
 * Each verb with the rule that gives it, or what is missing: the same that decides on requests.
 * @param rights null: nobody signs in, and everything is allowed
 * @param schema of the cluster, where a table is asked about that may be a view
 */
export function explainRights(
  rights: PersonRights | null,
  place: RightPlace,
  schema: SchemaResponse | null,
): VerbAnswer[] {
  // Most reads show such a table without what is masked, and its other columns can be edited.
  const masking =
    rights === null || schema === null
      ? {}
      : { masks: 'edits' as const, maskedIn: maskedColumns(rights, place.cluster, schema) };
  return VERBS.map((verb) => {
    const of = OF_CLUSTER.has(verb) ? 'cluster' : 'place';
    const at = of === 'cluster' ? { cluster: place.cluster } : place;
    if (rights === null) return { verb, of, rule: null, missing: null, partly: null, limits: [] };
    const needs = schema === null ? [need(verb, at)] : withBases([need(verb, at)], at.cluster, schema);
    const lack = lackOf(rights, needs, masking);
    const rule = lack === null ? ruleFor(rights, verb, at) : null;
    const partly = lack === null || of === 'cluster' ? null : partOf(rights, verb, at);
    return {
      verb,
      of,
      rule: rule && shownRule(rule),
      missing: lack && missing(lack),
      partly: partly && shownRule(partly),
      limits: lack === null ? shownLimits(limitsOf(rights, needs), verb, place.cluster) : [],
    };
  });
}

/** The rules of a person that are for a cluster. */
export function rulesOn({ rules }: PersonRights, cluster: string): ShownRule[] {
  return rules.filter(({ clusters }) => matches(clusters, cluster)).map(shownRule);
}

/** What gives a right for something in a keyspace or cluster; null for a table, of which there are no parts. */
function partOf(rights: PersonRights, verb: Verb, place: RightPlace): Rule | null {
  const { cluster, keyspace, table } = place;
  if (table !== undefined || lackOf(rights, [someNeed(verb, place)]) !== null) return null;
  return keyspace === undefined ? ruleSomewhere(rights, verb, cluster) : ruleWithin(rights, verb, cluster, keyspace);
}

function missing({ need: { verb, place }, why }: Lack): MissingRight {
  return { verb, keyspace: place?.keyspace ?? null, table: place?.table ?? null, isMasked: why === 'masks' };
}

/** Those that are kept for a verb: of writing only the rate. */
function shownLimits({ reading, writing }: WorkLimits, verb: Verb, cluster: string): ShownLimit[] {
  const limits: PersonLimits = (verb === 'write' ? writing : reading).get(cluster) ?? {};
  const kept = verb === 'write' ? (['rowsPerSecond'] as const) : LIMIT_KINDS;
  return kept.flatMap((kind) => {
    const limit = limits[kind];
    return limit === undefined ? [] : [{ kind, ...limit }];
  });
}

function shownRule({ role, clusters, keyspaces, tables, verbs, masks, limits }: Rule): ShownRule {
  const masked = masks.flatMap(({ columns }) => columns);
  const names = { clusters: [...clusters], keyspaces: [...keyspaces], tables: [...tables] };
  return { role, ...names, verbs: [...verbs], masked, limits };
}
