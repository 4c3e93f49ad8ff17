import { isUtf8 } from 'node:buffer';

/** Where text stops being UTF-8: the offset of the first byte that belongs to no character; -1 if there is none. */
export function invalidUtf8At(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (!isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return -1;
}

/** What is wrong with the byte at an offset, for people. */
export function invalidUtf8Reason(bytes: Uint8Array, at: number): string {
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return `the byte 0x${byte} is not UTF-8: choose the encoding that the file was saved in, such as latin1`;
}
