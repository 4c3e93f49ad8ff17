import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of a request on its way to a node, and of its answer. */
export type Fate =
  | 'pass'
  /** The connection is cut before the node has the request. */
  | 'lose'
  /** The node has the request; the connection is cut instead of its answer. */
  | 'cut'
  /** The node has the request, and its answer never comes. */
  | 'mute';

/** Decides about a statement that writes, as long as it likes; `node` counts from 0. */
type Decide = (statement: string, node: number) => Promise<Fate>;

export interface Gates {
  /** Who decides from now on; null: everything passes. */
  decide: Decide | null;
  stop(): Promise<void>;
}

const HEADER_BYTES = 9;
const QUERY = 7;
const WRITES = /^(INSERT|UPDATE|DELETE|BEGIN) /;

/**
 * Opens a gate before each node: everything passes through, and what becomes of each write is decided. They stand for the
 * network: the nodes are real, and so is what they answer. Frames are those of the native protocol v4, section 2.
 */
export async function openGates(nodes: readonly { readonly from: string; readonly to: string }[], port: number) {
  const gates: Gates = { decide: null, stop: async () => undefined };
  const open = new Set<Socket>();
  const servers = await Promise.all(
    nodes.map(async ({ from, to }, node) => {
      const server = createServer((client) => pass(client, connect({ host: to, port }), gates, node, open));
      await new Promise<void>((resolve) => server.listen(port, from, resolve));
      return server;
    }),
  );
  gates.stop = async () => {
    for (const socket of open) socket.destroy();
    await Promise.all(servers.map((server: Server) => new Promise((resolve) => server.close(resolve))));
  };
  return gates;
}

function pass(client: Socket, upstream: Socket, gates: Gates, node: number, open: Set<Socket>): void {
  const fates = new Map<number, Fate>();
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) {
    open.add(socket);
    socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      cut();
    });
  }
  const forward = (frame: Buffer, fate: Fate) => {
    if (fate === 'lose') return cut();
    fates.set(frame.readInt16BE(2), fate);
    upstream.write(frame);
  };
  client.on(
    'data',
    byFrame((frame) => {
      const statement = statementIn(frame);
      if (gates.decide === null || !WRITES.test(statement)) forward(frame, 'pass');
      else gates.decide(statement, node).then((fate) => forward(frame, fate), cut);
    }),
  );
  upstream.on(
    'data',
    byFrame((frame) => {
      const stream = frame.readInt16BE(2);
      const fate = fates.get(stream) ?? 'pass';
      if (fate === 'cut') return cut();
      fates.delete(stream);
      if (fate === 'pass') client.write(frame);
    }),
  );
}

/** Calls back with each whole frame of a stream of bytes. */
function byFrame(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER_BYTES && pending.length >= HEADER_BYTES + pending.readInt32BE(5)) {
      const end = HEADER_BYTES + pending.readInt32BE(5);
      take(pending.subarray(0, end));
      pending = pending.subarray(end);
    }
  };
}

function statementIn(frame: Buffer): string {
  if (frame[4] !== QUERY) return '';
  const from = HEADER_BYTES + 4;
  return frame.toString('utf8', from, from + frame.readInt32BE(HEADER_BYTES));
}
