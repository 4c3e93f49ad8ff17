import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Test support: a value that must not be anywhere, in whatever form. */

/** What is secret: a text, or a number of a CQL bigint. */
type Canary = string | bigint;

/** The bytes by which a canary is known in texts and files: as it is, hex, base64, JSON escapes, UTF-16, a number's bytes. */
function formsOf(canary: Canary): Buffer[] {
  const text = String(canary);
  const stored = typeof canary === 'string' ? [Buffer.from(text)] : [bigEndian(canary), bigEndian(canary).reverse()];
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from([...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
    ...stored.flatMap((bytes) => [
      bytes,
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('hex').toUpperCase()),
      ...(typeof canary === 'string' ? base64(bytes) : []),
    ]),
  ];
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** Whatever stands before it: the letters that depend on the canary alone. */
function base64(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = text.slice(before === 0 ? 0 : 4, -4);
    return [Buffer.from(own), Buffer.from(own.replaceAll('+', '-').replaceAll('/', '_'))];
  });
}

/** Says where a canary is. */
export class CanaryWatch {
  readonly #forms: readonly Buffer[];

  constructor(canaries: readonly Canary[]) {
    this.#forms = canaries.flatMap(formsOf);
  }

  /** Around the first form that is found; null: there is none. */
  find(bytes: Uint8Array | string): string | null {
    const buffer = Buffer.from(bytes);
    for (const form of this.#forms) {
      const at = buffer.indexOf(form);
      if (at !== -1) return buffer.subarray(Math.max(0, at - 60), at + form.length + 20).toString('latin1');
    }
    return null;
  }

  /** The files below a folder that have one. */
  filesIn(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const path = join(folder, name);
      return statSync(path).isFile() && this.find(readFileSync(path)) !== null;
    });
  }
}
