/**
 * The internal parts of cassandra-driver 4.10.0 that Ringside relies on: only `undecoded.ts`,
 * `frame-bounds.ts`, `address-guard.ts`, `through-tunnel.ts`, `prepared.ts` and, for writing rows, `../write/send-rows.ts` import them. The
 * driver's version is pinned exactly; `undecoded.test.ts`, `frame-bounds.test.ts` and `rows-request.test.ts` fail loudly when it or one of these changes.
 */

declare module 'cassandra-driver/lib/streams.js' {
  import type { Transform, Writable } from 'node:stream';

  export interface FrameReader {
    offset: number;
    readInt(): number;
    slice(begin: number, end?: number): Buffer;
    remainingLength(): number;
  }
  export interface FrameInfo {
    header: FrameItem['header'];
    meta: { columns: unknown[] };
    flagsInfo: unknown;
    byRow?: boolean;
  }
  /** A frame, or a piece of one: `chunk` from `offset`. */
  export interface FrameItem {
    header: { version: number; flags: number; streamId: number; opcode: number; bodyLength: number };
    chunk: Buffer;
    offset: number;
  }
  /** Splits the bytes from the socket into frames. */
  export class Protocol extends Transform {
    constructor(options: { objectMode: true });
    readItems(chunk: Buffer): void;
  }
  /** Collects decoded rows into results: `result` (header, error, result). */
  export class ResultEmitter extends Writable {
    constructor(options: { objectMode: true });
  }
  export class Parser extends Transform {
    constructor(options: { objectMode: true }, encoder: object);
    parseRows(frame: FrameInfo, reader: FrameReader): void;
    /** Whether the frame is complete; `item` then has its whole body. */
    handleFrameBuffers(frame: FrameInfo, item: FrameItem): boolean;
    handleParsingError(error: unknown, frame: FrameInfo, reader: FrameReader | null, ...place: unknown[]): void;
    push(item: unknown): boolean;
  }
}

declare module 'cassandra-driver/lib/connection.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { ClientOptions } from 'cassandra-driver';
  import type { Parser, Protocol } from 'cassandra-driver/lib/streams.js';

  export interface Operation {
    readonly streamId: number;
    setResult(error: Error | null, result?: unknown): void;
  }
  export interface InternalExecutionOptions {
    getRowCallback?(): undefined;
    getReadTimeout?(): number;
    getRawQueryOptions?(): object | undefined;
  }
  export default class Connection extends EventEmitter {
    connected: boolean;
    constructor(endpoint: string, protocolVersion: number, options: ClientOptions);
    readonly encoder: object;
    readonly options: ClientOptions;
    /** `address:port` */
    readonly endpoint: string;
    readonly endpointFriendlyName: string;
    /** An IP address, or a name that an address translator gave. */
    readonly address: string;
    /** As a text; the path of a socket where a tunnel leads to the node. */
    port: string;
    netClient?: Socket;
    protocol?: Protocol;
    parser?: Parser;
    writeQueue?: { push(operation: Operation, callback: (error?: Error) => void): void };
    open(callback: (error?: Error) => void): void;
    close(): void;
    bindSocketListeners(): void;
    clearAndInvokePending(error?: Error): void;
    handleResult(...given: unknown[]): void;
    handleRow(...given: unknown[]): void;
    handleNodeEvent(...given: unknown[]): void;
    freeStreamId(...given: unknown[]): void;
    /** Active operations, by stream id. */
    _operations: Map<number, Operation>;
    sendStream(
      request: object,
      options: InternalExecutionOptions | null,
      callback: (error: Error | null, result: unknown) => void,
    ): Operation;
  }
}

declare module 'cassandra-driver/lib/control-connection.js' {
  import type Connection from 'cassandra-driver/lib/connection.js';

  export default class ControlConnection {
    connection: Connection | null;
    readonly _isShuttingDown: boolean;
    readonly _reconnectionSchedule: Iterator<number, number>;
    _borrowFirstConnection(contactPoints: unknown): Promise<void>;
    _refresh(hosts?: unknown): Promise<void>;
  }
}

declare module 'cassandra-driver/lib/execution-options.js' {
  import type { Client, QueryOptions } from 'cassandra-driver';

  export interface ExecutionOptions {
    setRoutingKey(key: Buffer): void;
  }
  export const DefaultExecutionOptions: {
    create(options: QueryOptions, client: Client): ExecutionOptions;
  };
}

declare module 'cassandra-driver/lib/request-handler.js' {
  import type { Client } from 'cassandra-driver';
  import type { ExecutionOptions } from 'cassandra-driver/lib/execution-options.js';

  /** What the driver needs of a request. */
  export interface DriverRequest {
    readonly consistency: number;
    /** Bytes of the body, once it is written. */
    readonly length: number;
    write(encoder: { readonly protocolVersion: number }, streamId: number): Buffer;
    clone(): DriverRequest;
  }
  const RequestHandler: {
    send(request: DriverRequest, options: ExecutionOptions, client: Client): Promise<unknown>;
  };
  export default RequestHandler;
}

/** Only for tests, which compare frames with them. */
declare module 'cassandra-driver/lib/requests.js' {
  interface Encoder {
    readonly protocolVersion: number;
    encode(value: unknown): unknown;
  }
  class Request {
    readonly length: number;
    write(encoder: Encoder, streamId: number): Buffer;
  }
  export class ExecuteRequest extends Request {
    constructor(query: string, queryId: Buffer, params: readonly unknown[], options: object, meta: object);
  }
  export class BatchRequest extends Request {
    constructor(queries: readonly object[], options: object);
  }
}

declare module 'cassandra-driver/lib/prepare-handler.js' {
  import type { Client, policies } from 'cassandra-driver';

  const PrepareHandler: {
    getPrepared(
      client: Client,
      loadBalancing: policies.loadBalancing.LoadBalancingPolicy,
      query: string,
      keyspace: string | undefined,
    ): Promise<{
      queryId: Buffer;
      meta: { columns: { name: string; type: unknown }[]; partitionKeys?: number[]; resultId?: Buffer };
    }>;
  };
  export default PrepareHandler;
}
