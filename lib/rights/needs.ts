import type { Endpoint } from '@/lib/contract/endpoint';
import type { Verb } from '@/lib/contract/rights';
import { maskedWrite } from './masked-use';
import {
  EVERY_CLUSTER,
  hasMasks,
  type PersonRights,
  type RightPlace,
  type Rule,
  ruleAnywhere,
  ruleFor,
  ruleSomewhere,
  ruleWithin,
} from './rules';

/** One right that a request needs. */
export interface Need {
  readonly verb: Verb;
  /** Null: on any cluster. */
  readonly place: RightPlace | null;
  /** `some`: for anything in the place is enough. */
  readonly extent: 'all' | 'some';
  /** Its masks cannot be kept: what is read goes into a view, or is read and written by runs that nobody reviews. */
  readonly isUnmasked?: boolean;
  /** The statement that writes, as it is written: it may leave masked columns alone. */
  readonly statement?: string;
}

/** What a request needs; `unclear`: why nobody can say, so that it is refused. */
export type Needs = { readonly needs: readonly Need[] } | { readonly unclear: string };

export const NO_NEEDS: Needs = { needs: [] };

/** A right for all of a place. */
export function need(verb: Verb, place: RightPlace): Need {
  return { verb, place, extent: 'all' };
}

/** A right for anything in a place. */
export function someNeed(verb: Verb, place: RightPlace | null): Need {
  return { verb, place, extent: 'some' };
}

/** All of several; one that is unclear makes all of them so. */
export function together(all: readonly Needs[]): Needs {
  const needs: Need[] = [];
  for (const one of all) {
    if ('unclear' in one) return one;
    needs.push(...one.needs);
  }
  return { needs };
}

/** What a person lacks: a right of Ringside or of their Cassandra role, or a way to read a table without what is masked. */
export interface Lack {
  readonly need: Need;
  readonly why: 'right' | 'cassandra' | 'masks';
  /** The masked column that a statement names where it writes, or its word that shows or hides one. */
  readonly used?: string | undefined;
}

/** What is known of masks where rights are checked. */
export interface Masking {
  /** What follows does about masks; a table with masks is lacking for all that it does not say. */
  readonly masks?: Endpoint['masks'];
  /** The columns of a table that are masked for the person; null, and the default: any may be. */
  readonly maskedIn?: (place: RightPlace) => ReadonlySet<string> | null;
}

/** The first of the needs that a person has no right to; null: they have all. */
export function lackOf(
  rights: PersonRights,
  needs: readonly Need[],
  { masks, maskedIn = () => null }: Masking = {},
): Lack | null {
  for (const one of needs.flatMap(withRead)) {
    if (ruleOf(rights, one) === null) {
      const isOfRole = ruleOf({ ...rights, reach: undefined }, one) !== null;
      return { need: one, why: isOfRole ? 'cassandra' : 'right' };
    }
    const { place } = one;
    if (place?.table === undefined || !isOfMasks(one, masks) || !hasMasks(rights, place)) continue;
    const masked = maskedIn(place);
    if (masked?.size === 0) continue;
    const used = usedIn(one, masks, masked);
    if (used !== null) return { need: one, why: 'masks', used };
  }
  return null;
}

/** Whether masked columns of its table may stand in the way of something. */
function isOfMasks({ verb, isUnmasked, statement }: Need, masks: Endpoint['masks']): boolean {
  if (verb === 'write') return masks !== 'edits' || isUnmasked === true || statement !== undefined;
  return isReading(verb) && (masks === undefined || masks === 'writes' || isUnmasked === true);
}

/** What a statement does with them; null: it leaves them alone, undefined: there is none that could say so. */
function usedIn({ verb, statement }: Need, masks: Endpoint['masks'], masked: ReadonlySet<string> | null) {
  const isJudged = verb === 'write' && statement !== undefined && masks !== undefined;
  return isJudged && masked !== null ? maskedWrite(statement, masked) : undefined;
}

function isReading(verb: Verb): boolean {
  return verb === 'read' || verb === 'export';
}

/** What is taken away is read, and so is what is approved: statements show values. */
function withRead(one: Need): Need[] {
  return one.verb === 'export' || one.verb === 'approve' ? [{ ...one, verb: 'read' }, one] : [one];
}

function ruleOf(rights: PersonRights, { verb, place, extent }: Need): Rule | null {
  if (place === null) return ruleAnywhere(rights, verb);
  if (extent === 'all') return ruleFor(rights, verb, place);
  const { cluster, keyspace } = place;
  return keyspace === undefined ? ruleSomewhere(rights, verb, cluster) : ruleWithin(rights, verb, cluster, keyspace);
}

/** A lack in words: what is missing, and what to ask for. */
export function lackText({ need: { verb, place, extent }, why, used }: Lack): { message: string; hint: string } {
  const where = placeText(place, extent);
  if (used !== undefined) {
    return {
      message: `${where} has columns that are masked for you, and the statement uses ${used}.`,
      hint: `It may name none of them, have no condition, whose answer shows the row, and no JSON, and delete no whole rows. The table’s page changes and deletes its rows, and says what that does to masked values.`,
    };
  }
  if (why === 'masks') {
    return {
      message: `${where} has columns that are masked for you, so it cannot be used for this.`,
      hint: `Its rows can be browsed, selected, counted, exported, copied elsewhere and compared, and its other columns edited, loaded and copied into. For more, ask for a role without masks on ${where}.`,
    };
  }
  if (why === 'cassandra') {
    return {
      message: `Your Cassandra role has no permission on ${where}.`,
      hint: `GRANT SELECT, or another permission, to your role shows it. Ringside asks for permissions every few minutes, and when you sign in.`,
    };
  }
  const hint = `Ask whoever runs Ringside for ${verb} on ${where}.`;
  return { message: `You may not do this: it needs ${verb} on ${where}.`, hint };
}

function placeText(place: RightPlace | null, extent: Need['extent']): string {
  if (place === null) return 'a cluster';
  const { cluster, keyspace, table } = place;
  if (cluster === EVERY_CLUSTER) return 'all clusters';
  if (table !== undefined) return `${keyspace}.${table} of ${cluster}`;
  const all = extent === 'all' ? 'all of ' : '';
  return keyspace === undefined ? `${all}the cluster ${cluster}` : `${all}the keyspace ${keyspace} of ${cluster}`;
}
