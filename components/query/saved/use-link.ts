import { useEffect } from 'react';
import { randomId } from '@/lib/client/random-id';
import { useSearchState } from '@/lib/client/use-search-state';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { linkedValues, NO_LINK, readLink, writeLink } from '@/lib/workbench/link';

const LINK = { read: readLink, write: writeLink };

const acts = () => import('./link-acts');

/** Fills a tab with what a link brings, and takes it out of the address. It never runs anything. */
export function useStatementFromLink(dispatch: (action: DocumentAction) => void): void {
  const [link, setLink] = useSearchState(LINK);
  const { statement, keyspace, values, saved, text } = link;
  useEffect(() => {
    if (saved !== null || text !== null) {
      void acts().then(({ bring }) => bring({ statement, keyspace, values, saved, text }, dispatch));
    } else if (statement !== null) {
      // The editor has one kind of line end.
      const filled = statement.replaceAll('\r\n', '\n');
      dispatch({ type: 'fill', id: randomId(), text: filled, keyspace, parameters: linkedValues(values) });
    } else return;
    setLink(NO_LINK, 'replace');
  }, [statement, keyspace, values, saved, text, dispatch, setLink]);
}

/** An address that fills the editor and runs nothing; see `link-acts.ts`. */
export const linkTo = async (cluster: string, document: QueryDocument, statement: string): Promise<string> =>
  (await acts()).linkTo(cluster, document, statement);

/** An address that fills the editor and the panel of its parameters. */
export const linkWithValues: typeof import('./link-acts').linkWithValues = async (...given) =>
  (await acts()).linkWithValues(...given);

/** The exports page filled with a statement that no address can hold. */
export const exportPath = async (cluster: string, statement: string, keyspace: string | null): Promise<string> =>
  (await acts()).exportPath(cluster, statement, keyspace);
