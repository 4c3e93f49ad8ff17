import type { NodeSection, NodeSectionName } from '@/lib/contract/nodes';
import { grantSelect } from '@/lib/health/grant';
import type { Failure } from '../../failure';
import { refusalOf as readRefusal } from './ask-nodes';
import { SECTION_STATEMENTS } from './node-detail-statements';

/** Why a section has no rows that are new, and what would help. @param failure null: the node answered */
export function refusalOf(
  failure: Failure | null,
  section: NodeSectionName,
  release: string,
): Pick<NodeSection, 'outcome' | 'why' | 'grant'> {
  if (failure === null) return { outcome: 'rows', why: null, grant: null };
  const { statement, since } = SECTION_STATEMENTS[section];
  const table = / FROM (\S+)/.exec(statement)?.[1] ?? '';
  const refusal = readRefusal(failure, statement);
  switch (refusal?.outcome) {
    case 'no_such_table':
      return { outcome: refusal.outcome, why: `Cassandra ${release} has no ${table}, since ${since}.`, grant: null };
    case 'not_permitted': {
      const [keyspace = ''] = table.split('.');
      return { outcome: refusal.outcome, why: refusal.reason, grant: grantSelect(keyspace, refusal.role) };
    }
    default:
      return { outcome: 'no_answer', why: failure.error.message, grant: null };
  }
}
