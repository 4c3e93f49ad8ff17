import type { Narrowing } from '@/lib/contract/api-tokens';
import { VERBS, type Verb } from '@/lib/contract/rights';
import { matches } from './glob';
import { lackOf } from './needs';
import { type Order, orderNeeds } from './order-needs';
import { gives, type PersonRights, type Rule } from './rules';

/** What changes nothing. `operate` is not among them: it mutes findings and restarts. */
const READING: readonly Verb[] = ['see', 'read', 'export'];

/**
 * The rights of a person as far as an API token leaves them: never more. What no rule is left for is refused; masks and
 * limits stay as they are.
 */
export function narrowed(rights: PersonRights, { readOnly, clusters }: Narrowing): PersonRights {
  const ofClusters = clusters === null ? rights.rules : rights.rules.flatMap((rule) => onlyOn(rule, clusters));
  return { ...rights, rules: readOnly ? ofClusters.map(onlyReading) : ofClusters };
}

/**
 * Whether work that a person began in some other way is within what a token leaves them: jobs and schedules that are not
 * are not there for it.
 */
export function isWithin(narrowing: Narrowing | undefined, order: Order): boolean {
  if (narrowing === undefined) return true;
  const all = orderNeeds(order);
  return 'needs' in all && lackOf(narrowed(EVERYTHING, narrowing), all.needs) === null;
}

function onlyOn(rule: Rule, clusters: readonly string[]): Rule[] {
  const left = clusters.filter((name) => matches(rule.clusters, name));
  return left.length === 0 ? [] : [{ ...rule, clusters: left }];
}

function onlyReading(rule: Rule): Rule {
  return { ...rule, verbs: READING.filter((verb) => gives(rule, verb)) };
}

const EVERYTHING: PersonRights = {
  rules: [
    {
      ...{ role: '', limits: {}, masks: [], clusters: ['*'], keyspaces: ['*'], tables: ['*'] },
      verbs: [...VERBS],
    },
  ],
};
