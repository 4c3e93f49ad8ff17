import { useCallback, useMemo } from 'react';
import { useStored } from '@/components/ui/stored-state';
import {
  activeDocument,
  type DocumentAction,
  documentsReducer,
  emptyDocuments,
  keptDocuments,
  mergedDocuments,
  type QueryDocument,
  queryDocumentsSchema,
} from '@/lib/workbench/documents';
import { useStatementFromLink } from '../saved/use-link';

const FIRST = emptyDocuments('first');

export interface DocumentsState {
  readonly documents: readonly QueryDocument[];
  readonly active: QueryDocument;
  /** False when this browser refuses to keep them. */
  readonly kept: boolean;
  dispatch(action: DocumentAction): void;
}

/**
 * The editor's tabs for a cluster, kept in this browser without passwords. A link fills a tab and is then removed from the address, so that a
 * reload shows the tab as edited since. It never runs anything.
 */
export function useDocuments(cluster: string): DocumentsState {
  const [state, stored] = useStored({
    key: `ringside.query.documents.${cluster}`,
    schema: queryDocumentsSchema,
    fallback: FIRST,
    merge: mergedDocuments,
    asKept: keptDocuments,
  });
  const dispatch = useCallback(
    (action: DocumentAction) => stored.update((current) => documentsReducer(current, action)),
    [stored],
  );
  useStatementFromLink(dispatch);
  const active = useMemo(() => activeDocument(state), [state]);
  return { documents: state.documents, active, kept: stored.isKept(), dispatch };
}
