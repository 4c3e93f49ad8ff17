import 'server-only';
import { APPLIED_COLUMN, type Applied } from '@/lib/contract/applied';
import type { Answer } from '../client/answer';
import { pageValues } from '../read/page-values';

/**
 * What became of a change that Cassandra answered. A conditional one returns `[applied]` first; of a batch that was not
 * applied, every row that it returns says so.
 */
export async function appliedOf(answer: Answer): Promise<Exclude<Applied, 'unknown'>> {
  if (answer.columns?.[0]?.name !== APPLIED_COLUMN) return 'applied';
  const rows = await pageValues(answer);
  return rows.length > 0 && rows.every(([applied]) => applied === true) ? 'applied' : 'not_applied';
}
