import { call } from './http';

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
