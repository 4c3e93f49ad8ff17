import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { tryBind } from '../scripts/support/ports.mjs';
import { checkAddresses, checkPort } from './addresses.mjs';

describe('the addresses of a ring', () => {
  it('must exist on this machine', async () => {
    await expect(checkAddresses([{ address: '127.0.0.1' }])).resolves.toBeUndefined();
    // 192.0.2.0/24 is reserved for documentation (RFC 5737): no machine has it.
    await expect(checkAddresses([{ address: '127.0.0.1' }, { address: '192.0.2.1' }])).rejects.toThrow(
      'This machine does not have the address 192.0.2.1.',
    );
  });

  it('must not be in use at the port', async () => {
    const free = await tryBind('127.0.0.1', 0);
    const port = 'port' in free ? free.port : 0;
    await expect(checkPort([{ address: '127.0.0.1' }], port)).resolves.toBeUndefined();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await expect(checkPort([{ address: '127.0.0.1' }], port)).rejects.toThrow(`port ${port} on 127.0.0.1`);
    server.close();
  });
});
