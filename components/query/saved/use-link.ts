import { useEffect } from 'react';
import { toast } from '@/components/ui/toasts';
import { errorText } from '@/lib/client/error-text';
import { pagePath } from '@/lib/client/paths';
import { randomId } from '@/lib/client/random-id';
import { fitsAddress, keepText, openKept, openSaved } from '@/lib/client/statements';
import { useSearchState } from '@/lib/client/use-search-state';
import { type DocumentAction, isUnsaved, type QueryDocument } from '@/lib/workbench/documents';
import { linkedValues, NO_LINK, readLink, type StatementLink, writeLink } from '@/lib/workbench/link';
import { originOf } from '@/lib/workbench/saved';

const LINK = { read: readLink, write: writeLink };

/** Fills a tab with what a link brings, and takes it out of the address. It never runs anything. */
export function useStatementFromLink(dispatch: (action: DocumentAction) => void): void {
  const [link, setLink] = useSearchState(LINK);
  const { statement, keyspace, values, saved, text } = link;
  useEffect(() => {
    if (statement === null && saved === null && text === null) return;
    broughtBy({ statement, keyspace, values, saved, text }).then(dispatch, (error: unknown) => {
      toast({ tone: 'danger', text: errorText(error).message });
    });
    setLink(NO_LINK, 'replace');
  }, [statement, keyspace, values, saved, text, dispatch, setLink]);
}

async function broughtBy({ statement, keyspace, values, saved, text }: StatementLink): Promise<DocumentAction> {
  const id = randomId();
  if (saved !== null) return { type: 'openSaved', id, saved: originOf(await openSaved(saved)) };
  const kept = text === null ? null : await openKept(text);
  // The editor has one kind of line end.
  const filled = (kept?.text ?? statement ?? '').replaceAll('\r\n', '\n');
  const parameters = linkedValues(values);
  return { type: 'fill', id, text: filled, keyspace: kept === null ? keyspace : kept.keyspace, parameters };
}

/**
 * An address that fills the editor and runs nothing: of the saved statement, where the tab shows one as it is; of this
 * statement otherwise, by its text or, where no address can hold that, by a copy that the server keeps.
 */
export async function linkTo(cluster: string, document: QueryDocument, statement: string): Promise<string> {
  const { keyspace, saved } = document;
  const { origin } = window.location;
  if (saved !== undefined && !isUnsaved(document)) return origin + pagePath.query(cluster, { saved: saved.path });
  const plain = pagePath.query(cluster, { statement, ...(keyspace === null ? {} : { keyspace }) });
  if (fitsAddress(plain)) return origin + plain;
  return origin + pagePath.query(cluster, { text: await keepText(statement, keyspace) });
}

/** The exports page filled with a statement that no address can hold. @throws ApiFailure when the server does not keep it */
export async function exportPath(cluster: string, statement: string, keyspace: string | null): Promise<string> {
  const text = await keepText(statement, keyspace);
  return pagePath.exports(cluster, { text, ...(keyspace === null ? {} : { keyspace }) });
}
