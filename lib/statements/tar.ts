/**
 * One file of a tar archive: POSIX.1-2001, pax interchange format (IEEE Std 1003.1, `pax`). The extended header carries the
 * name, which may be long and in any script; every tar of the last twenty years reads it.
 */
export function tarEntry(name: string, content: Uint8Array, modifiedSeconds: number): Buffer {
  const record = paxRecord('path', name);
  return Buffer.concat([
    header('PaxHeader', record.length, modifiedSeconds, 'x'),
    padded(record),
    header(asciiOf(name), content.length, modifiedSeconds, '0'),
    padded(content),
  ]);
}

const BLOCK = 512;

/** What ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

/** `LENGTH key=value\n`, where LENGTH counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header(name: string, size: number, modifiedSeconds: number, type: 'x' | '0'): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number) => block.write(text, at, 'latin1');
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put(name, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(modifiedSeconds, 11), 136);
  put(' '.repeat(8), 148);
  put(type, 156);
  put('ustar\0', 257);
  put('00', 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)} `, 148);
  return block;
}

/** For a tar that reads no extended headers. */
function asciiOf(name: string): string {
  return name.replace(/[^ -~]/gu, '_').slice(-100);
}

function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
