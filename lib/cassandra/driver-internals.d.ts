/**
 * The parts of cassandra-driver 4.10.0 that are not its public API and that Ringside stands on: only `undecoded.ts`
 * and `prepared.ts` import them. The driver's version is pinned exactly; `undecoded.integration.test.ts` fails loudly
 * when one of these changes.
 */

declare module 'cassandra-driver/lib/streams.js' {
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
  export class Parser {
    parseRows(frame: FrameInfo, reader: FrameReader): void;
    handleParsingError(error: unknown, frame: FrameInfo, reader: FrameReader | null): void;
    push(item: unknown): boolean;
  }
}

declare module 'cassandra-driver/lib/connection.js' {
  import type { Parser } from 'cassandra-driver/lib/streams.js';

  export interface Operation {
    readonly streamId: number;
  }
  export interface InternalExecutionOptions {
    getRawQueryOptions?(): object | undefined;
  }
  export default class Connection {
    parser?: Parser;
    /** Operations under way, by stream id. */
    _operations: Map<number, Operation>;
    sendStream(
      request: object,
      options: InternalExecutionOptions | null,
      callback: (...args: unknown[]) => void,
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
