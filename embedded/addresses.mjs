import { isListening, tryBind } from '../scripts/support/ports.mjs';
import { Problem } from '../scripts/support/problem.mjs';

/**
 * @param {readonly { address: string }[]} nodes
 * @throws {Problem} when the machine does not have one of the addresses
 */
export async function checkAddresses(nodes) {
  const tries = await Promise.all(nodes.map(async ({ address }) => ({ address, answer: await tryBind(address, 0) })));
  const missing = tries.flatMap(({ address, answer }) => ('code' in answer ? [address] : []));
  if (missing.length === 0) return;
  throw new Problem(
    `This machine does not have the ${missing.length === 1 ? 'address' : 'addresses'} ${missing.join(', ')}.`,
    process.platform === 'darwin'
      ? [
          'macOS only has 127.0.0.1 by default. Add the others (they last until the next restart):',
          ...missing.map((address) => `  sudo ifconfig lo0 alias ${address} up`),
        ].join('\n')
      : 'Use loopback addresses (127.0.0.0/8), or one node.',
  );
}

/**
 * @param {readonly { address: string }[]} nodes
 * @param {number} port
 * @throws {Problem} when something listens there
 */
export async function checkPort(nodes, port) {
  for (const { address } of nodes) {
    if (!(await isListening(address, port))) continue;
    throw new Problem(
      `The ring needs port ${port} on ${address}, but another program is using it.`,
      `Stop that program (\`ss -ltnp\` or \`lsof -i :${port}\` shows it), then run the command again.`,
    );
  }
}
