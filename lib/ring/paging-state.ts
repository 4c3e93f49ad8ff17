import { murmur3Token } from './murmur3';

/**
 * The paging state of protocol v4, as `org.apache.cassandra.service.pager.PagingState` writes it: the partition key and the
 * row mark, each preceded by its length, then the rows left in total and in the partition; every number an unsigned vint.
 * Only the key is read here: it says how far a scan in token order has got. The row mark is private to the server.
 */
export interface PagingState {
  /** Empty if the read stays within one partition or does not follow the ring. */
  readonly partitionKey: Uint8Array;
  readonly rowMark: Uint8Array;
}

interface Vint {
  readonly value: bigint;
  readonly end: number;
}

/** Cassandra's unsigned vint: the leading ones of the first byte count the bytes that follow, most significant first. */
function readVint(bytes: Uint8Array, at: number): Vint | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  const extra = Math.clz32(~(first << 24));
  if (at + 1 + extra > bytes.length) return undefined;
  let value = BigInt(first & (0xff >> (extra + 1)));
  for (const byte of bytes.subarray(at + 1, at + 1 + extra)) value = (value << 8n) | BigInt(byte);
  return { value, end: at + 1 + extra };
}

function readBlock(bytes: Uint8Array, at: number): { block: Uint8Array; end: number } | undefined {
  const length = readVint(bytes, at);
  if (length === undefined || length.value > BigInt(bytes.length - length.end)) return undefined;
  const end = length.end + Number(length.value);
  return { block: bytes.subarray(length.end, end), end };
}

const MAX_INT = 2n ** 31n - 1n;

/** Parses a v4 paging state; null for bytes of another form. The parts are views of the given bytes. */
export function parsePagingState(bytes: Uint8Array): PagingState | null {
  const key = readBlock(bytes, 0);
  const mark = key && readBlock(bytes, key.end);
  const remaining = mark && readVint(bytes, mark.end);
  const remainingInPartition = remaining && readVint(bytes, remaining.end);
  if (key === undefined || mark === undefined || remaining === undefined || remainingInPartition === undefined)
    return null;
  if (remaining.value > MAX_INT || remainingInPartition.value > MAX_INT) return null;
  if (remainingInPartition.end !== bytes.length) return null;
  return { partitionKey: key.block, rowMark: mark.block };
}

/** The partition key in a v4 paging state; null if it has none, or is of another form. */
export function partitionKeyOf(pagingState: Uint8Array): Uint8Array | null {
  const state = parsePagingState(pagingState);
  return state === null || state.partitionKey.length === 0 ? null : state.partitionKey;
}

/**
 * The Murmur3 token a scan has reached, from its paging state; null if that has no key. The caller must ensure that it is
 * meaningful: the statement is read in token order, from a non-virtual table of the Murmur3 partitioner.
 */
export function tokenOf(pagingState: Uint8Array): bigint | null {
  const key = partitionKeyOf(pagingState);
  return key === null ? null : murmur3Token(key);
}
