import { toast } from '@/components/ui/toasts';
import { errorText } from '@/lib/client/error-text';
import { fitsAddress, pagePath } from '@/lib/client/paths';
import { randomId } from '@/lib/client/random-id';
import { keepText, openKept, openSaved } from '@/lib/client/statements';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { withoutPasswords } from '@/lib/cql/redact';
import { type DocumentAction, isUnsaved, type QueryDocument } from '@/lib/workbench/documents';
import { linkedValues, type StatementLink } from '@/lib/workbench/link';
import type { ParameterValues } from '@/lib/workbench/parameter-values';
import { originOf } from '@/lib/workbench/saved';

/** What links and the Export button need of the server: loaded when one of them is used. */

/** Fills a tab with what the server keeps for a link. Never fails: it says why there is nothing. */
export async function bring(link: StatementLink, dispatch: (action: DocumentAction) => void): Promise<void> {
  try {
    dispatch(await broughtBy(link));
  } catch (error) {
    toast({ tone: 'danger', text: errorText(error).message });
  }
}

/** Says which parts of a link bring nothing: they leave the address with the others. */
export function nameUnread(parts: readonly UnreadPart[]): void {
  const each = parts.map(({ name, why }) => `${name}: ${why}`);
  toast({ id: 'link', tone: 'danger', stays: true, text: `Not used from this link: ${each.join('; ')}.` });
}

async function broughtBy({ saved, text, values }: StatementLink): Promise<DocumentAction> {
  const id = randomId();
  if (saved !== null) return { type: 'openSaved', id, saved: originOf(await openSaved(saved)) };
  const kept = await openKept(text ?? '');
  const filled = kept.text.replaceAll('\r\n', '\n');
  return { type: 'fill', id, text: filled, keyspace: kept.keyspace, parameters: linkedValues(values) };
}

/**
 * An address that fills the editor and runs nothing: of the saved statement, where the tab shows one as it is; of this
 * statement otherwise, by its text or, where no address can hold that, by a copy that the server keeps. Addresses are passed
 * on and kept in histories, so that passwords are left out.
 */
export async function linkTo(cluster: string, document: QueryDocument, whole: string): Promise<string> {
  const { keyspace, saved } = document;
  const { text: statement } = withoutPasswords(whole);
  const { origin } = window.location;
  if (saved !== undefined && !isUnsaved(document)) return origin + pagePath.query(cluster, { saved: saved.path });
  const plain = pagePath.query(cluster, { statement, ...(keyspace === null ? {} : { keyspace }) });
  if (fitsAddress(plain)) return origin + plain;
  return origin + pagePath.query(cluster, { text: await keepText(statement, keyspace) });
}

/** The same with the values of its parameters. @throws when no address can hold them, which a toast says */
export async function linkWithValues(
  cluster: string,
  { statement: whole, keyspace, values }: { statement: string; keyspace: string | null; values: ParameterValues },
): Promise<string> {
  const { text: statement } = withoutPasswords(whole);
  const { origin } = window.location;
  const written = JSON.stringify(values);
  const plain = pagePath.query(cluster, { statement, ...(keyspace === null ? {} : { keyspace }), values: written });
  if (fitsAddress(plain)) return origin + plain;
  const kept = pagePath.query(cluster, { text: await keepText(statement, keyspace), values: written });
  if (fitsAddress(kept)) return origin + kept;
  toast({ tone: 'danger', text: TOO_LONG });
  throw new Error(TOO_LONG);
}

const TOO_LONG =
  'The values are too long for a link, so nothing was copied. Copy a link without them, and send them separately.';

/** The exports page filled with a statement that no address can hold. @throws ApiFailure when the server does not keep it */
export async function exportPath(cluster: string, statement: string, keyspace: string | null): Promise<string> {
  const text = await keepText(statement, keyspace);
  return pagePath.exports(cluster, { text, ...(keyspace === null ? {} : { keyspace }) });
}
