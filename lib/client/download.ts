import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

/**
 * Hands an address to the browser's download manager: it streams to disk, shows progress and knows a broken file. The
 * link carries a ticket, since over plain HTTP under a name of its own a browser says with nothing whose link it is.
 * @throws ApiFailure when the server gives no ticket
 */
export async function download(path: string): Promise<void> {
  const { ticket } = await call(endpoints.tickets.post, {});
  const link = document.createElement('a');
  link.href = `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ ticket })}`;
  link.download = '';
  link.click();
}
