import 'server-only';
import type { Socket } from 'node:net';
import type { ClientOptions } from 'cassandra-driver';
import Connection, { type Operation } from 'cassandra-driver/lib/connection.js';
import ControlConnection from 'cassandra-driver/lib/control-connection.js';
import { type FrameItem, Parser, Protocol } from 'cassandra-driver/lib/streams.js';
import { checkFrame, DEFAULT_MAX_FRAME_BYTES, FrameError, HeaderWatch, OPCODE } from '@/lib/wire/frame-check';
import { CassandraFailure } from './failure';
import { isUndecodedOperation } from './undecoded';

/**
 * What a node sends is held against the protocol and a limit before the driver acts on it. The driver (4.10.0) buffers
 * as many bytes as a header announces, makes as many rows as a count announces, and throws what it cannot read from
 * inside a stream, where nobody catches it. There is no public way around that: methods of its connection, its two
 * streams and its control connection are wrapped, once in the life of the process, for every client.
 *
 * Whatever a peer does wrong ends its connection, and nothing else: the request that it answers fails with
 * `malformed_response`, others on that connection as if the socket had closed.
 */

const WRAPPED = Symbol.for('ringside.frame-bounds.wrapped');
const MAX_FRAME_BYTES = 'ringsideMaxFrameBytes';

/** A password takes none, and nothing that Cassandra ships more than a few. */
const MAX_CHALLENGES = 16;

/** Events of a second. A cluster of a thousand nodes that restarts sends some thousands in minutes. */
const MAX_EVENTS_PER_SECOND = 10_000;

/** Options of a client under which no frame of a node may be larger. The limit of other clients is the protocol's own. */
export function boundFrames<T extends ClientOptions>(options: T, maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES): T {
  install();
  return Object.assign(options, { [MAX_FRAME_BYTES]: maxFrameBytes });
}

/** What the bounds keep of one connection. */
interface Watched {
  readonly connection: Connection;
  /** The connection takes another socket when it goes down to a lower version of the protocol. */
  readonly socket: Socket | undefined;
  readonly headers: HeaderWatch;
  challenges: number;
  events: { since: number; count: number };
  isEnded: boolean;
}

/** Development reloads this module: the driver's classes are wrapped once in the life of the process. */
function install(): void {
  const global = globalThis as { [WRAPPED]?: boolean };
  if (global[WRAPPED]) return;
  global[WRAPPED] = true;
  const watched = new WeakMap<Protocol | Parser | Connection, Watched>();
  watchSockets(watched);
  checkHeaders(watched);
  checkBodies(watched);
  guardHandlers(watched);
  guardControlConnection();
}

function watchSockets(watched: WeakMap<object, Watched>): void {
  const open = Connection.prototype.open;
  Connection.prototype.open = function (callback) {
    open.call(this, callback);
    // The driver listens once while it connects; a second error would find nobody.
    this.netClient?.on('error', () => undefined);
  };

  const bindSocketListeners = Connection.prototype.bindSocketListeners;
  Connection.prototype.bindSocketListeners = function () {
    bindSocketListeners.call(this);
    const { protocol, parser } = this;
    if (protocol === undefined || parser === undefined) throw new Error(NOT_THIS_DRIVER);
    const limit: unknown = Reflect.get(this.options, MAX_FRAME_BYTES);
    const maxFrameBytes = typeof limit === 'number' ? limit : DEFAULT_MAX_FRAME_BYTES;
    const entry: Watched = {
      connection: this,
      socket: this.netClient,
      headers: new HeaderWatch(maxFrameBytes),
      challenges: 0,
      events: { since: 0, count: 0 },
      isEnded: false,
    };
    for (const key of [protocol, parser, this]) watched.set(key, entry);
    // Nothing is thrown there that is not checked before. Were it, it would end the process.
    for (const stream of [protocol, parser]) stream.on('error', (error) => end(entry, error));
  };
}

function checkHeaders(watched: WeakMap<object, Watched>): void {
  const readItems = Protocol.prototype.readItems;
  Protocol.prototype.readItems = function (chunk) {
    const entry = watched.get(this);
    if (entry?.isEnded) return;
    try {
      entry?.headers.see(chunk);
      readItems.call(this, chunk);
    } catch (error) {
      if (entry === undefined) throw error;
      end(entry, error);
    }
  };
}

function checkBodies(watched: WeakMap<object, Watched>): void {
  const handleFrameBuffers = Parser.prototype.handleFrameBuffers;
  Parser.prototype.handleFrameBuffers = function (frame, item) {
    const entry = watched.get(this);
    if (entry?.isEnded) return false;
    if (!handleFrameBuffers.call(this, frame, item)) return false;
    if (entry === undefined) return true;
    try {
      checkItem(entry, item);
      return true;
    } catch (error) {
      end(entry, error, item.header.streamId);
      return false;
    }
  };

  // After a row that it cannot read, the driver would keep the rows before it for the next answer on that stream.
  const handleParsingError = Parser.prototype.handleParsingError;
  Parser.prototype.handleParsingError = function (error, frame, ...rest) {
    const entry = watched.get(this);
    if (entry === undefined) handleParsingError.call(this, error, frame, ...rest);
    else end(entry, error, frame.header.streamId);
  };
}

/** Checks a whole frame, and narrows the item to it: the chunk goes on into other frames. */
function checkItem(entry: Watched, item: FrameItem): void {
  const { header, offset } = item;
  const operation = entry.connection._operations.get(header.streamId);
  checkPlace(entry, header, operation);
  const chunkEnd = offset + header.bodyLength;
  item.chunk = item.chunk.subarray(0, chunkEnd);
  const isDecoded = operation === undefined || !isUndecodedOperation(operation);
  checkFrame(header, item.chunk.subarray(offset), isDecoded);
}

/** Whether anybody waits for such a frame. An answer to no request would free a stream that another request may hold. */
function checkPlace(entry: Watched, { streamId, opcode }: FrameItem['header'], operation: Operation | undefined): void {
  if (opcode === OPCODE.event) {
    if (streamId !== -1) throw new FrameError(`it is an event on stream ${streamId}; events come on stream −1`);
    countEvent(entry);
    return;
  }
  if (operation === undefined) throw new FrameError(`it answers stream ${streamId}, on which nothing was asked`);
  if (opcode === OPCODE.authChallenge && ++entry.challenges > MAX_CHALLENGES) {
    throw new FrameError(
      `it is the ${entry.challenges}th challenge of one login; at most ${MAX_CHALLENGES} are answered`,
    );
  }
}

function countEvent({ events }: Watched): void {
  const now = performance.now();
  if (now - events.since > 1_000) Object.assign(events, { since: now, count: 0 });
  if (++events.count > MAX_EVENTS_PER_SECOND) {
    throw new FrameError(`it is one of more than ${MAX_EVENTS_PER_SECOND} events within a second`);
  }
}

/** What runs when an answer has come is called from inside a stream, where nobody catches what it throws. */
function guardHandlers(watched: WeakMap<object, Watched>): void {
  for (const name of ['handleResult', 'handleRow', 'handleNodeEvent', 'freeStreamId'] as const) {
    const handle = Connection.prototype[name];
    Connection.prototype[name] = function (...given: unknown[]) {
      const entry = watched.get(this);
      if (entry?.isEnded) return;
      try {
        handle.apply(this, given);
      } catch (error) {
        if (entry === undefined) throw error;
        end(entry, error);
      }
    };
  }
}

function guardControlConnection(): void {
  // A connection whose node cannot be read from stays open when the next contact point is tried.
  const borrowFirst = ControlConnection.prototype._borrowFirstConnection;
  ControlConnection.prototype._borrowFirstConnection = function (contactPoints) {
    this.connection?.close();
    return borrowFirst.call(this, contactPoints);
  };

  // Called from timers and in the background: a failure of its own would be nobody's, and it would not be tried again.
  const refresh = ControlConnection.prototype._refresh;
  ControlConnection.prototype._refresh = function (hosts) {
    return refresh.call(this, hosts).catch(() => {
      if (this._isShuttingDown) return;
      setTimeout(() => this._refresh(), this._reconnectionSchedule.next().value).unref();
    });
  };
}

/**
 * Ends a connection at which something went wrong.
 * @param streamId of the request whose answer it was
 */
function end(entry: Watched, cause: unknown, streamId?: number): void {
  if (entry.isEnded) return;
  entry.isEnded = true;
  const { connection } = entry;
  const failure = malformedFrame(connection.endpointFriendlyName, cause);
  entry.socket?.destroy();
  if (connection.netClient !== entry.socket) return;
  const operation = streamId === undefined ? undefined : connection._operations.get(streamId);
  if (streamId !== undefined) connection._operations.delete(streamId);
  operation?.setResult(failure);
  connection.clearAndInvokePending(failure);
  if (!connection.connected) return;
  // As the driver does once the socket has closed, but before the next request is given to this connection.
  connection.connected = false;
  connection.emit('socketClose');
}

function malformedFrame(endpoint: string, cause: unknown): CassandraFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CassandraFailure(
    {
      code: 'malformed_response',
      message: `${endpoint} sent a frame that was refused: ${reason}.`,
      hint: 'The connection was closed. Check that this address is a Cassandra node; if it is, please report it with its release.',
      retryable: false,
    },
    { cause },
  );
}

const NOT_THIS_DRIVER = 'The driver has no streams where they are expected: cassandra-driver is not version 4.10.0.';
