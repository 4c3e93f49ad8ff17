import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * The parts of a ZIP file that are read here (APPNOTE.TXT 4.3): the end of the central directory, its entries, and the
 * header before each file's bytes. No encryption, no 64-bit sizes.
 */
const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks files of an archive, with their permissions. Meant for archives whose hash was checked.
 * @param {string} archivePath
 * @param {string} directory
 * @param {{ below: string }} options `below`: the archive's folder to unpack, ending in a slash
 * @throws {Error} when it is not such an archive, or a name points outside the directory
 */
export function unzip(archivePath, directory, { below }) {
  const archive = readFileSync(archivePath);
  for (const { name, method, start, compressedBytes, mode } of entriesOf(archive)) {
    if (!name.startsWith(below) || name.endsWith('/')) continue;
    const path = normalize(join(directory, name.slice(below.length)));
    if (!path.startsWith(normalize(directory) + sep)) throw new Error(`${name} points outside the archive`);
    const bytes = archive.subarray(start, start + compressedBytes);
    if (method !== STORED && method !== DEFLATED) throw new Error(`${name} uses an unsupported compression method`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, method === STORED ? bytes : inflateRawSync(bytes));
    if (mode !== 0) chmodSync(path, mode & 0o777);
  }
}

/** @param {Buffer} archive */
function* entriesOf(archive) {
  const end = archive.lastIndexOf(littleEndian(END));
  if (end < 0 || end + END_BYTES > archive.length) throw new Error('this is not a ZIP archive');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('the archive’s directory is damaged');
    const nameBytes = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    yield {
      name: archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: archive.readUInt16LE(at + 10),
      compressedBytes: archive.readUInt32LE(at + 20),
      // The upper half of the external attributes is the Unix mode, if the archive was packed on Unix.
      mode: archive.readUInt32LE(at + 38) >>> 16,
      start: local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
    };
    at += ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

/** @param {number} value */
function littleEndian(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
