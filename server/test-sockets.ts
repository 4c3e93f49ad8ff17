import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createWebServer } from './http-server.mjs';
import { readSettings } from './settings.mjs';

/** The real server with a test's handler in place of the framework, and plain sockets to talk to it. */

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Options = Parameters<typeof createWebServer>[3] & {
  env?: Record<string, string>;
  upgrade?: (request: IncomingMessage) => void;
  gate?: NonNullable<Parameters<typeof createWebServer>[2]['gate']>;
};

export class TestServer {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(handle: Handler, { env = {}, upgrade, gate, ...limits }: Options = {}): Promise<TestServer> {
    const behind = { handle, ...(upgrade === undefined ? {} : { upgrade }), ...(gate === undefined ? {} : { gate }) };
    const server = createWebServer(readSettings(env), upgrade !== undefined, behind, limits);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestServer(server);
  }

  /** A server that listens already. */
  static at(server: Server): TestServer {
    return new TestServer(server);
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** A connection on which nothing has been sent. One that `lingers` does not close its end when the server does. */
  async connect({ lingers = false } = {}): Promise<Socket> {
    const socket = connect({ port: this.port, host: '127.0.0.1', allowHalfOpen: lingers });
    socket.on('error', () => undefined);
    this.#sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  /** Sends `text` and reads until the server closes the connection. */
  async say(text: string): Promise<string> {
    const socket = await this.connect();
    socket.write(text);
    return everything(socket);
  }

  /** Connections that the server holds open. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Everything the server sends on a connection until it closes it. */
export async function everything(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  if (!socket.closed) await once(socket, 'close');
  return text;
}

/** A request with the required headers. */
export function request(line: string, headers: Record<string, string> = {}): string {
  const all = { Host: 'localhost', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
}
