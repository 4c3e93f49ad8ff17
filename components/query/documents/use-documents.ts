import { useCallback, useEffect, useMemo } from 'react';
import { useStored } from '@/components/ui/stored-state';
import { randomId } from '@/lib/client/random-id';
import { useSearchState } from '@/lib/client/use-search-state';
import {
  activeDocument,
  type DocumentAction,
  documentsReducer,
  emptyDocuments,
  type QueryDocument,
  type QueryDocuments,
  queryDocumentsSchema,
} from '@/lib/workbench/documents';
import { linkedValues, readLink, writeLink } from '@/lib/workbench/link';

const FIRST = emptyDocuments('first');

export interface DocumentsState {
  readonly documents: readonly QueryDocument[];
  readonly active: QueryDocument;
  /** False when this browser refuses to keep them. */
  readonly kept: boolean;
  dispatch(action: DocumentAction): void;
}

/**
 * The editor's tabs for a cluster, kept in this browser. A link (`?statement=…&keyspace=…`) fills a tab and is then removed
 * from the address, so that a reload shows the tab as edited since. It never runs anything.
 */
export function useDocuments(cluster: string): DocumentsState {
  const [state, stored] = useStored({
    key: `ringside.query.documents.${cluster}`,
    schema: queryDocumentsSchema,
    fallback: FIRST,
    merge: keepOwnFront,
  });
  const dispatch = useCallback(
    (action: DocumentAction) => stored.update((current) => documentsReducer(current, action)),
    [stored],
  );
  useStatementFromLink(dispatch);
  const active = useMemo(() => activeDocument(state), [state]);
  return { documents: state.documents, active, kept: stored.isKept(), dispatch };
}

const LINK = { read: readLink, write: writeLink };

function useStatementFromLink(dispatch: (action: DocumentAction) => void): void {
  const [link, setLink] = useSearchState(LINK);
  const { statement, keyspace, values } = link;
  useEffect(() => {
    if (statement === null) return;
    // The editor has one kind of line end.
    const text = statement.replaceAll('\r\n', '\n');
    dispatch({ type: 'fill', id: randomId(), text, keyspace, parameters: linkedValues(values) });
    setLink({ statement: null, keyspace: null, values: null }, 'replace');
  }, [statement, keyspace, values, dispatch, setLink]);
}

/** Another browser tab may open and edit documents; each page keeps its own active one. */
function keepOwnFront(own: QueryDocuments, incoming: QueryDocuments): QueryDocuments {
  const there = incoming.documents.some(({ id }) => id === own.activeId);
  return there ? { ...incoming, activeId: own.activeId } : incoming;
}
