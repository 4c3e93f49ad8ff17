import 'server-only';
import type { Socket } from 'node:net';
import type { ClientOptions } from 'cassandra-driver';
import Connection, { type Operation } from 'cassandra-driver/lib/connection.js';
import ControlConnection from 'cassandra-driver/lib/control-connection.js';
import { type FrameItem, Parser, Protocol } from 'cassandra-driver/lib/streams.js';
import { checkFrame, DEFAULT_MAX_FRAME_BYTES, FrameError, HeaderWatch, OPCODE } from '@/lib/wire/frame-check';
import { Failure } from '../../failure';
import { isFirst } from './once-per-process';
import { isUndecodedOperation } from './undecoded';

/**
 * Checks what a node sends against the protocol and a size limit before the driver acts on it. The driver (4.10.0)
 * buffers as many bytes as a header announces, creates as many rows as a count announces, and throws from inside a stream,
 * where nothing can catch it, when it cannot read something. There is no public way around that: methods of its
 * connection, its two streams and its control connection are wrapped, once per process, for every client.
 *
 * Whatever a peer does wrong ends its connection and nothing else: the request that it answers fails with
 * `malformed_response`, others on that connection fail as if the socket had closed.
 */

const WRAPPED = Symbol.for('ringside.frame-bounds.wrapped');
const MAX_FRAME_BYTES = 'ringsideMaxFrameBytes';

/** Password login needs none, and no authenticator in Cassandra more than a few. */
const MAX_CHALLENGES = 16;

/** A cluster of a thousand nodes that restarts sends only a few thousand events, over minutes. */
const MAX_EVENTS_PER_SECOND = 10_000;

/** Client options that limit the size of frames. Other clients have the protocol's limit. */
export function boundFrames<T extends ClientOptions>(options: T, maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES): T {
  install();
  return Object.assign(options, { [MAX_FRAME_BYTES]: maxFrameBytes });
}

/** The state kept for each connection. */
interface Watched {
  readonly connection: Connection;
  /** The connection opens another socket when it falls back to a lower protocol version. */
  readonly socket: Socket | undefined;
  readonly headers: HeaderWatch;
  challenges: number;
  events: { since: number; count: number };
  isEnded: boolean;
}

function install(): void {
  if (!isFirst(WRAPPED)) return;
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
    // The driver listens for only one error while it connects; a second would be uncaught.
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
    // Everything is checked first, so nothing throws there; if it did, it would end the process.
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

  // After a row that it cannot read, the driver would add the rows before it to the next response on that stream.
  const handleParsingError = Parser.prototype.handleParsingError;
  Parser.prototype.handleParsingError = function (error, frame, ...rest) {
    const entry = watched.get(this);
    if (entry === undefined) handleParsingError.call(this, error, frame, ...rest);
    else end(entry, error, frame.header.streamId);
  };
}

/** Checks a complete frame, and cuts the item to it: the chunk continues with other frames. */
function checkItem(entry: Watched, item: FrameItem): void {
  const { header, offset } = item;
  const operation = entry.connection._operations.get(header.streamId);
  checkPlace(entry, header, operation);
  const chunkEnd = offset + header.bodyLength;
  item.chunk = item.chunk.subarray(0, chunkEnd);
  const isDecoded = operation === undefined || !isUndecodedOperation(operation);
  checkFrame(header, item.chunk.subarray(offset), isDecoded);
}

/** Whether a request waits for this frame. A response to no request would free a stream that another may be using. */
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

/** The callbacks of responses run inside a stream, where nothing catches what they throw. */
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
  // The driver leaves a connection open if its node cannot be read and it tries the next contact point.
  const borrowFirst = ControlConnection.prototype._borrowFirstConnection;
  ControlConnection.prototype._borrowFirstConnection = function (contactPoints) {
    this.connection?.close();
    return borrowFirst.call(this, contactPoints);
  };

  // Called from timers and in the background: nothing would catch a failure here, or try again.
  const refresh = ControlConnection.prototype._refresh;
  ControlConnection.prototype._refresh = function (hosts) {
    return refresh.call(this, hosts).catch(() => {
      if (this._isShuttingDown) return;
      setTimeout(() => this._refresh(), this._reconnectionSchedule.next().value).unref();
    });
  };
}

/**
 * Ends a connection after something went wrong on it.
 * @param streamId stream of the request that it answered
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
  // As the driver does once the socket has closed, but before this connection gets the next request.
  connection.connected = false;
  connection.emit('socketClose');
}

function malformedFrame(endpoint: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure(
    {
      code: 'malformed_response',
      message: `${endpoint} sent an invalid frame: ${reason}.`,
      hint: 'The connection was closed. Check that this address is a Cassandra node. If it is, please report this with its release.',
      retryable: false,
    },
    { cause },
  );
}

const NOT_THIS_DRIVER = 'The driver’s streams are not where they are expected: cassandra-driver is not version 4.10.0.';
