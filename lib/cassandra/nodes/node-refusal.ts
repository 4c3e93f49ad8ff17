import type { NodeSection, NodeSectionName } from '@/lib/contract/nodes';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { Failure } from '../../failure';
import { SECTION_STATEMENTS } from './node-detail-statements';

/** What it means for a section that its statement failed. */
export function outcomeOf({ error: { code } }: Failure): NodeSection['outcome'] {
  if (code === 'unauthorized') return 'not_permitted';
  return code === 'invalid_statement' || code === 'syntax_error' ? 'no_such_table' : 'no_answer';
}

/** Why a section has no rows that are new, and what would help. @param failure null: the node answered */
export function refusalOf(
  failure: Failure | null,
  section: NodeSectionName,
  release: string,
): Pick<NodeSection, 'outcome' | 'why' | 'grant'> {
  if (failure === null) return { outcome: 'rows', why: null, grant: null };
  const { statement, since } = SECTION_STATEMENTS[section];
  const table = / FROM (\S+)/.exec(statement)?.[1] ?? '';
  const outcome = outcomeOf(failure);
  if (outcome === 'no_such_table') {
    return { outcome, why: `Cassandra ${release} has no ${table}, since ${since}.`, grant: null };
  }
  if (outcome !== 'not_permitted') return { outcome, why: failure.error.message, grant: null };
  // Cassandra: "User reader has no SELECT permission on <table system_views.clients> or any of its parents".
  const role = /^User (.+) has no \w+ permission/.exec(failure.error.detail ?? '')?.[1];
  const to = role === undefined ? 'role' : quoteIdentifier(role);
  const [keyspace] = table.split('.');
  return { outcome, why: failure.error.message, grant: `GRANT SELECT ON KEYSPACE ${keyspace} TO ${to}` };
}
