import { createServer, type Socket } from 'node:net';
import { header as frameHeader, rawFrame, rowsFrame, short, TEXT } from './test-frames';

/** The other end of a connection in tests: a server that speaks just enough of the protocol to connect to. */

export interface PeerRequest {
  readonly kind: 'startup' | 'options' | 'query' | 'register' | 'prepare' | 'authResponse' | 'other';
  readonly streamId: number;
  /** The text of a query's body, including its statement. */
  readonly text: string;
}

/** How the peer responds: with bytes, bytes and then the end of the socket, nothing, or as a node would. */
export type PeerAnswer = Buffer | { readonly thenClose: Buffer } | 'silence' | 'as a node';

export interface Peer {
  readonly contactPoint: string;
  /** Open sockets on the peer's side. */
  openSockets(): number;
  /** Waits until at most this many sockets are open. */
  closed(most: number): Promise<void>;
  stop(): Promise<void>;
}

const HEADER_BYTES = 9;
const KINDS: Readonly<Record<number, PeerRequest['kind']>> = {
  1: 'startup',
  5: 'options',
  7: 'query',
  9: 'prepare',
  11: 'register',
  15: 'authResponse',
};

/** A loopback address for these tests, different from any ring's. */
const PEER_ADDRESS = '127.0.0.51';

export async function startPeer(answer: (request: PeerRequest) => PeerAnswer): Promise<Peer> {
  const sockets = new Set<Socket>();
  const changed = new Set<() => void>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      for (const tell of changed) tell();
    });
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= HEADER_BYTES && pending.length >= HEADER_BYTES + pending.readInt32BE(5)) {
        const end = HEADER_BYTES + pending.readInt32BE(5);
        reply(socket, requestOf(pending.subarray(0, end)), answer);
        pending = pending.subarray(end);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, PEER_ADDRESS, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    contactPoint: `${PEER_ADDRESS}:${address.port}`,
    openSockets: () => sockets.size,
    async closed(most) {
      while (sockets.size > most) {
        await new Promise<void>((resolve) => {
          changed.add(resolve);
        });
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function requestOf(frame: Buffer): PeerRequest {
  return {
    kind: KINDS[frame[4] ?? 0] ?? 'other',
    streamId: frame.readInt16BE(2),
    text: frame.toString('latin1', HEADER_BYTES),
  };
}

function reply(socket: Socket, request: PeerRequest, answer: (request: PeerRequest) => PeerAnswer): void {
  const given = answer(request);
  if (given === 'silence') return;
  if (given === 'as a node') socket.write(asNode(request));
  else if (Buffer.isBuffer(given)) socket.write(given);
  else socket.end(given.thenClose);
}

const LOCAL = {
  key: 'local',
  data_center: 'dc1',
  rack: 'r1',
  release_version: '5.0.9',
  cluster_name: 'peer',
  partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
};

function asNode({ kind, streamId, text }: PeerRequest): Buffer {
  if (kind === 'options') return rawFrame('supported', streamId, short(0));
  if (kind !== 'query') return rawFrame('ready', streamId);
  const row: Record<string, string> = text.includes('system.local') ? LOCAL : {};
  return rowsFrame(streamId, {
    columns: Object.keys(row).map((name) => ({ name, type: TEXT })),
    rows: Object.keys(row).length === 0 ? [] : [Object.values(row).map((value) => Buffer.from(value))],
  });
}

/** A header that announces more than is sent. */
export function announced(streamId: number, bodyLength: number): Buffer {
  return frameHeader(streamId, 0x08, bodyLength);
}
