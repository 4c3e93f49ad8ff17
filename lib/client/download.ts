import type { ExportRequest } from '@/lib/contract/reads';
import { call, contract } from './http';

/**
 * Hands an address to the browser's download manager, which streams to disk, shows progress and recognises a broken
 * file. The link carries a ticket: over plain HTTP on any host but localhost, browsers send nothing that tells the
 * server which site the link was on.
 * @throws ApiFailure when the server gives no ticket
 */
export async function download(path: string): Promise<void> {
  const { ticket } = await call((to) => to.tickets.post, {});
  const link = document.createElement('a');
  link.href = `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ ticket })}`;
  link.download = '';
  link.click();
}

/**
 * The address of a download whose request is too long for one: the server holds the request for a minute.
 * @throws ApiFailure when the server does not take it
 */
export async function heldAddress(cluster: string, request: ExportRequest): Promise<string> {
  const { id } = await call((to) => to.holdExport.post, { cluster, input: request });
  const { endpoints, addressOf } = await contract();
  return addressOf(endpoints.heldDownload.get, { cluster, id });
}

/** Downloads a saved statement's file; all of them as an archive where no path is given. @throws as {@link download} */
export async function downloadSaved(path: string | null): Promise<void> {
  const { endpoints, addressOf } = await contract();
  await download(addressOf(endpoints.savedFiles.get, { input: path === null ? {} : { path } }));
}
