import type { RightLimits, Verb } from '@/lib/contract/rights';
import type { Need } from './needs';
import { type PersonRights, rulesFor } from './rules';

/** What a role can limit. */
export type LimitKind = keyof RightLimits;

/** In the order in which they are shown. */
export const LIMIT_KINDS = [
  'rows',
  'rowsPerSecond',
  'reads',
  'statementSeconds',
] as const satisfies readonly LimitKind[];

/** One limit, and the role that decides it: somebody who may change the role can raise it. */
export interface Limit {
  readonly most: number;
  readonly role: string;
}

/** What limits a person where they read or write something; what is absent is not limited. */
export type PersonLimits = Readonly<Partial<Record<LimitKind, Limit>>>;

/** The limits of one piece of work, by the names of the clusters that it reads from or writes to. */
export interface WorkLimits {
  readonly reading: ReadonlyMap<string, PersonLimits>;
  readonly writing: ReadonlyMap<string, PersonLimits>;
}

export const NO_LIMITS: WorkLimits = { reading: new Map(), writing: new Map() };

/**
 * The limits of work that has all rights it needs. For each right the most generous of the roles that give it counts, so
 * that another role never takes anything away, and a role without a limit lifts it for what that role gives. Of several
 * rights on a cluster the narrowest counts: each table that is read keeps its own.
 */
export function limitsOf(rights: PersonRights, needs: readonly Need[]): WorkLimits {
  const reading = new Map<string, PersonLimits>();
  const writing = new Map<string, PersonLimits>();
  for (const one of needs) {
    if (one.extent === 'some' || one.place === null) continue;
    const { cluster } = one.place;
    for (const verb of limitedVerbs(one.verb)) {
      const side = verb === 'write' ? writing : reading;
      side.set(cluster, narrower(side.get(cluster) ?? {}, limitsOfNeed(rights, { ...one, verb })));
    }
  }
  return { reading, writing };
}

/** What is exported is read as well. */
function limitedVerbs(verb: Verb): readonly Verb[] {
  if (verb === 'export') return ['read', 'export'];
  return verb === 'read' || verb === 'write' ? [verb] : [];
}

/** The most generous of the roles that give a right. */
function limitsOfNeed(rights: PersonRights, { verb, place }: Pick<Need, 'verb' | 'place'>): PersonLimits {
  const rules = place === null ? [] : rulesFor(rights, verb, place);
  const found: { -readonly [K in LimitKind]?: Limit } = {};
  for (const kind of LIMIT_KINDS) {
    let widest: Limit | null = null;
    for (const { limits, role } of rules) {
      const most = limits[kind] ?? Number.POSITIVE_INFINITY;
      if (widest === null || most > widest.most) widest = { most, role };
    }
    if (widest !== null && widest.most < Number.POSITIVE_INFINITY) found[kind] = widest;
  }
  return found;
}

/** The lower of each. */
function narrower(one: PersonLimits, other: PersonLimits): PersonLimits {
  const found: { -readonly [K in LimitKind]?: Limit } = { ...one };
  for (const kind of LIMIT_KINDS) {
    const [mine, its] = [found[kind], other[kind]];
    if (its !== undefined && (mine === undefined || its.most < mine.most)) found[kind] = its;
  }
  return found;
}

/** The first limit that nobody can keep where another program reads and writes; null: there is none. */
export function unkeptLimit({ reading, writing }: WorkLimits): Limit | null {
  for (const { rows, rowsPerSecond } of [...reading.values(), ...writing.values()]) {
    const limit = rows ?? rowsPerSecond;
    if (limit !== undefined) return limit;
  }
  return null;
}
