import { planAccess } from './access-plan';
import type { SchemaLookup } from './schema-lookup';
import { restrictionOf } from './select-cost';
import { parseSelect } from './select-parser';

/** Why Cassandra does not serve a WHERE clause, and whether filtering would help. */
export interface FilterAdvice {
  /** In words for people: `also needs day`. */
  readonly problem: string;
  /** Whether Cassandra would serve it with ALLOW FILTERING. False if the statement already has that. */
  readonly isFilterable: boolean;
}

interface Context {
  readonly keyspace?: string | undefined;
  readonly schema: SchemaLookup;
}

/**
 * What is wrong with the conditions of a SELECT that Cassandra refused; null if they are not the problem, or if that is
 * uncertain.
 */
export function filterAdvice(statement: string, { keyspace, schema }: Context): FilterAdvice | null {
  const select = parseSelect(statement);
  const own = select?.table.keyspace ?? keyspace;
  if (select === undefined || own === undefined) return null;
  const table = schema.table(own, select.table.name);
  if (table === undefined || table.isVirtual) return null;
  const restrictions = select.relations.filter(({ form }) => form !== 'token').map(restrictionOf);
  // `!=` and similar operators depend on the release.
  if (restrictions.some(({ operator }) => operator === 'other')) return null;
  const { problem, filterable } = planAccess(table, restrictions, { ann: select.annColumn ?? undefined });
  return problem === null ? null : { problem, isFilterable: filterable && !select.allowsFiltering };
}
