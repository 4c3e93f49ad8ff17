import { useEffect } from 'react';
import { randomId } from '@/lib/client/random-id';
import { type SearchState, useSearchState } from '@/lib/client/use-search-state';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { linkedValues, NO_LINK, readLink, unreadLinkParts, writeLink } from '@/lib/workbench/link';

const LINK = { read: readLink, write: writeLink };
const UNREAD: SearchState<ReturnType<typeof unreadLinkParts>> = { read: unreadLinkParts, write: (search) => search };

const acts = () => import('./link-acts');

/** Fills a tab with what a link brings, and takes it out of the address. It never runs anything. */
export function useStatementFromLink(dispatch: (action: DocumentAction) => void): void {
  const [link, setLink] = useSearchState(LINK);
  const [unread] = useSearchState(UNREAD);
  const { statement, keyspace, values, saved, text } = link;
  useEffect(() => {
    if (unread.length > 0) void acts().then(({ nameUnread }) => nameUnread(unread));
    if (saved !== null || text !== null) {
      void acts().then(({ bring }) => bring({ statement, keyspace, values, saved, text }, dispatch));
    } else if (statement !== null) {
      // The editor has one kind of line end.
      const filled = statement.replaceAll('\r\n', '\n');
      dispatch({ type: 'fill', id: randomId(), text: filled, keyspace, parameters: linkedValues(values) });
    } else if (unread.length === 0) return;
    setLink(NO_LINK, 'replace');
  }, [statement, keyspace, values, saved, text, unread, dispatch, setLink]);
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
