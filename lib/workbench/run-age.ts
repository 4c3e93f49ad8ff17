import { splitScript } from '@/lib/cql/splitter';
import type { QueryDocument } from './documents';
import type { Run } from './run';

const BETWEEN = '\0';

/**
 * Why a run's results are not of what the editor has now; null where they are. Spaces, comments and statements around those
 * that were run change nothing.
 */
export function runAge({ documentId, place }: Run, active: Pick<QueryDocument, 'id' | 'text'>): string | null {
  if (documentId !== active.id) return 'from another tab.';
  if (active.text.startsWith(place.text, place.start)) return null;
  const textsOf = (text: string) =>
    splitScript(text)
      .map((statement) => statement.text)
      .join(BETWEEN);
  return textsOf(active.text).includes(textsOf(place.text)) ? null : 'before your last edit.';
}
