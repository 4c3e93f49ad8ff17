import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { tryBind } from '../scripts/support/ports.mjs';
import { probeCql } from './probe.mjs';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A server that is not Cassandra: sends `greeting` to every client. */
async function listening(greeting: string): Promise<number> {
  const server = createServer((socket) => socket.write(greeting));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('what listens at an address', () => {
  it('is nothing', async () => {
    const free = await tryBind('127.0.0.1', 0);
    expect('port' in free && (await probeCql('127.0.0.1', free.port))).toBe('closed');
  });

  it('is something else when it speaks another protocol', async () => {
    expect(await probeCql('127.0.0.1', await listening('HTTP/1.1 400 Bad Request\r\n'))).toBe('other');
  });

  it('is something else when it is silent', async () => {
    expect(await probeCql('127.0.0.1', await listening(''), { timeoutMs: 100 })).toBe('other');
  });
});
