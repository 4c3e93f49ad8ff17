import type { ApiError } from '@/lib/contract/errors';
import { guardrailName } from '@/lib/edit/guardrail';

/** Guardrails that refuse every row alike (`db/guardrails/Guardrails.java`, 4.1 and later), and what helps. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'user_timestamps',
    'Every row has its write time, so that it can be sent again without harm. Set user_timestamps_enabled: true in cassandra.yaml, or sign in as a superuser, whom guardrails do not bind. Spark writes rows without write times.',
  ],
  [
    'write_consistency_levels',
    'Choose another consistency level: write_consistency_levels_disallowed in cassandra.yaml names those that are not allowed.',
  ],
]);

/**
 * The refusal of a row that each other row would get too, with what helps; null: it concerns the row. What was not sent can
 * go on once the cluster allows it.
 */
export function refusalOfAll(error: ApiError): ApiError | null {
  const advice = ADVICE.get(guardrailName(error) ?? '');
  if (advice === undefined) return null;
  return {
    ...error,
    code: 'write_failure',
    message: `Stopped at the first row, as all would be refused: ${error.message}`,
    hint: advice,
  };
}
