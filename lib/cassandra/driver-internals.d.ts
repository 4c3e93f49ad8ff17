/**
 * The parts of cassandra-driver 4.10.0 that are not its public API and that Ringside stands on: only `undecoded.ts`
 * and `prepared.ts` import them. The driver's version is pinned exactly; `undecoded.test.ts` fails loudly when it or one
 * of these changes.
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
    header: { streamId: number; bodyLength: number };
    meta: { columns: unknown[] };
    flagsInfo: unknown;
    byRow?: boolean;
  }
  /** Cuts what comes from the socket into frames. */
  export class Protocol extends Transform {
    constructor(options: { objectMode: true });
  }
  /** Collects decoded rows into results: `result` (header, error, result). */
  export class ResultEmitter extends Writable {
    constructor(options: { objectMode: true });
  }
  export class Parser extends Transform {
    constructor(options: { objectMode: true }, encoder: object);
    parseRows(frame: FrameInfo, reader: FrameReader): void;
    handleParsingError(error: unknown, frame: FrameInfo, reader: FrameReader | null): void;
    push(item: unknown): boolean;
  }
}

declare module 'cassandra-driver/lib/connection.js' {
  import type { ClientOptions } from 'cassandra-driver';
  import type { Parser } from 'cassandra-driver/lib/streams.js';

  export interface Operation {
    readonly streamId: number;
  }
  export interface InternalExecutionOptions {
    getRowCallback?(): undefined;
    getReadTimeout?(): number;
    getRawQueryOptions?(): object | undefined;
  }
  export default class Connection {
    constructor(endpoint: string, protocolVersion: number, options: ClientOptions);
    readonly encoder: object;
    parser?: Parser;
    writeQueue?: { push(operation: Operation, callback: (error?: Error) => void): void };
    handleResult(header: object, error: Error | null, result: unknown): void;
    freeStreamId(header: object): void;
    /** Operations under way, by stream id. */
    _operations: Map<number, Operation>;
    sendStream(
      request: object,
      options: InternalExecutionOptions | null,
      callback: (error: Error | null, result: unknown) => void,
    ): Operation;
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
    ): Promise<{ queryId: Buffer; meta: { columns: { name: string; type: unknown }[]; partitionKeys?: number[] } }>;
  };
  export default PrepareHandler;
}
