import 'server-only';
import { types } from 'cassandra-driver';

/** A statement as the driver keeps it once it is prepared. */
export interface Prepared {
  readonly queryId: Buffer;
  readonly meta: { readonly resultId?: Buffer | undefined };
}

/** Values of the markers of a prepared INSERT, which has `USING TIMESTAMP ? AND TTL ?` at its end. */
export interface RowValues {
  /** Encoded, in the order of the markers: undefined leaves a column as it is, null writes a tombstone. */
  readonly values: readonly (Uint8Array | null | undefined)[];
  readonly timestampMicros: bigint;
  /** Null: the table's default. */
  readonly ttlSeconds: number | null;
}

/** An INSERT of a request. */
export interface PreparedRow {
  readonly prepared: Prepared;
  readonly row: RowValues;
}

const [EXECUTE, BATCH] = [0x0a, 0x0d];
/** Of a batch (native protocol v4, section 4.1.7). */
const [UNLOGGED, IS_PREPARED] = [1, 1];
const HAS_VALUES = 0x01;
/** Lengths that stand for null and for no value at all (section 3). */
const [NULL, NOT_SET] = [-1, -2];
const HEADER_BYTES = 9;
/** Up to this length a loop is faster than `set`. */
const FEW_BYTES = 24;

/**
 * A request that writes rows, as the driver sends it: one EXECUTE, or an unlogged BATCH of several. The driver's own requests
 * make two buffers for each value and join them all; this one writes the same bytes into one. It has no default timestamp,
 * as each of its statements has a write time.
 */
export class RowsRequest {
  /** Bytes of the body, once it is written. */
  length = 0;

  constructor(
    readonly rows: readonly PreparedRow[],
    readonly consistency: number,
  ) {}

  /** The driver takes a copy for sending again what a node had not prepared. */
  clone(): RowsRequest {
    return new RowsRequest(this.rows, this.consistency);
  }

  /** The frame for a connection of the protocol's version. */
  write({ protocolVersion }: { readonly protocolVersion: number }, streamId: number): Buffer {
    const frame = new FrameBytes(HEADER_BYTES + this.#bodyBytes(protocolVersion));
    this.length = frame.bytes.length - HEADER_BYTES;
    const [only] = this.rows;
    const isOne = only !== undefined && this.rows.length === 1;
    for (const byte of [protocolVersion, 0, streamId >> 8, streamId, isOne ? EXECUTE : BATCH]) frame.byte(byte);
    frame.int(this.length);
    if (isOne) this.#execute(frame, only, protocolVersion);
    else this.#batch(frame, protocolVersion);
    return frame.bytes;
  }

  #execute(frame: FrameBytes, { prepared, row }: PreparedRow, version: number): void {
    frame.shortBytes(prepared.queryId);
    if (hasResultId(version)) frame.shortBytes(prepared.meta.resultId ?? NO_BYTES);
    frame.short(this.consistency);
    frame.flags(HAS_VALUES, version);
    frame.row(row);
  }

  #batch(frame: FrameBytes, version: number): void {
    frame.byte(UNLOGGED);
    frame.short(this.rows.length);
    for (const { prepared, row } of this.rows) {
      frame.byte(IS_PREPARED);
      frame.shortBytes(prepared.queryId);
      frame.row(row);
    }
    frame.short(this.consistency);
    frame.flags(0, version);
  }

  #bodyBytes(version: number): number {
    const isBatch = this.rows.length !== 1;
    let bytes = (isBatch ? 1 + 2 : 0) + 2 + flagBytes(version);
    for (const { prepared, row } of this.rows) {
      bytes += (isBatch ? 1 : 0) + 2 + prepared.queryId.length + rowBytes(row);
      if (!isBatch && hasResultId(version)) bytes += 2 + (prepared.meta.resultId?.length ?? 0);
    }
    return bytes;
  }
}

const NO_BYTES = new Uint8Array();
/** Of the write time and the TTL, each after its length. */
const [TIMESTAMP_BYTES, TTL_BYTES] = [8, 4];

function rowBytes({ values, ttlSeconds }: RowValues): number {
  let bytes = 2 + 4 + TIMESTAMP_BYTES + 4 + (ttlSeconds === null ? 0 : TTL_BYTES);
  for (const value of values) bytes += 4 + (value?.length ?? 0);
  return bytes;
}

function isDse(version: number): boolean {
  return version === types.protocolVersion.dseV1 || version === types.protocolVersion.dseV2;
}

function hasResultId(version: number): boolean {
  return version === types.protocolVersion.dseV2;
}

function flagBytes(version: number): number {
  return isDse(version) ? 4 : 1;
}

/** The bytes of a frame, written one after the other. */
class FrameBytes {
  readonly bytes: Buffer;
  #at = 0;

  constructor(length: number) {
    this.bytes = Buffer.allocUnsafe(length);
  }

  byte(value: number): void {
    this.bytes[this.#at++] = value;
  }

  short(value: number): void {
    this.byte(value >> 8);
    this.byte(value);
  }

  int(value: number): void {
    this.short(value >> 16);
    this.short(value);
  }

  flags(value: number, version: number): void {
    if (isDse(version)) this.int(value);
    else this.byte(value);
  }

  shortBytes(value: Uint8Array): void {
    this.short(value.length);
    this.#raw(value);
  }

  row({ values, timestampMicros, ttlSeconds }: RowValues): void {
    this.short(values.length + 2);
    for (const value of values) this.#value(value);
    this.int(TIMESTAMP_BYTES);
    this.#at = this.bytes.writeBigInt64BE(timestampMicros, this.#at);
    if (ttlSeconds === null) {
      this.int(NOT_SET);
      return;
    }
    this.int(TTL_BYTES);
    this.int(ttlSeconds);
  }

  #value(value: Uint8Array | null | undefined): void {
    if (value === undefined || value === null) {
      this.int(value === null ? NULL : NOT_SET);
      return;
    }
    this.int(value.length);
    this.#raw(value);
  }

  #raw(value: Uint8Array): void {
    const { bytes } = this;
    if (value.length > FEW_BYTES) {
      bytes.set(value, this.#at);
      this.#at += value.length;
      return;
    }
    for (let at = 0; at < value.length; at++) bytes[this.#at++] = value[at] ?? 0;
  }
}
