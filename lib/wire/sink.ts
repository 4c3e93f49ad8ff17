const encoder = new TextEncoder();

/** The most bytes that one UTF-16 code unit takes in UTF-8. */
const UTF8_PER_UNIT = 3;

/** Up to this many bytes a loop copies faster than the engine's own function. */
const LOOP_BYTES = 64;

const WORD_BYTES = 4;
/** The order in which a Uint32Array keeps its bytes on this machine. */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Text that is written once for every row: kept as words, which copy in a quarter of the steps. */
export class FixedText {
  readonly length: number;
  /** The text's bytes, padded with zeros to whole words. */
  readonly words: Uint32Array;

  constructor(text: string) {
    const bytes = encoder.encode(text);
    this.length = bytes.length;
    this.words = new Uint32Array(Math.ceil(bytes.length / WORD_BYTES));
    new Uint8Array(this.words.buffer).set(bytes);
  }
}

/**
 * A growing buffer of UTF-8 text. Writers call `reserve`, then store into `bytes` from `length` on and advance `length`
 * themselves: a method call per byte would cost more than the bytes.
 */
export class TextSink {
  /** The buffer; replaced when it grows, so never keep it across a `reserve`. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The same buffer, for writing several bytes at a time. */
  view: DataView;
  /** How many bytes of it are written. */
  length = 0;

  constructor(initialBytes = 64 * 1024) {
    this.bytes = new Uint8Array(Math.max(16, initialBytes));
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.grow(count);
  }

  /** Appends text; lone surrogates become U+FFFD. */
  text(text: string): void {
    this.reserve(text.length * UTF8_PER_UNIT);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Appends text that is known to be ASCII; for short text this is faster than the encoder. */
  ascii(text: string): void {
    this.reserve(text.length);
    const bytes = this.bytes;
    const start = this.length;
    for (let i = 0; i < text.length; i++) bytes[start + i] = text.charCodeAt(i);
    this.length = start + text.length;
  }

  /** Appends bytes unchanged: they must be UTF-8. */
  raw(source: Uint8Array): void {
    this.reserve(source.length);
    const bytes = this.bytes;
    const at = this.length;
    if (source.length > LOOP_BYTES) bytes.set(source, at);
    else for (let i = 0; i < source.length; i++) bytes[at + i] = source[i] ?? 0;
    this.length = at + source.length;
  }

  /** Appends fixed text. */
  fixed({ length, words }: FixedText): void {
    this.reserve(words.length * WORD_BYTES);
    const { view, length: start } = this;
    for (let i = 0; i < words.length; i++) view.setUint32(start + i * WORD_BYTES, words[i] ?? 0, IS_LITTLE_ENDIAN);
    this.length = start + length;
  }

  /** Appends one ASCII byte. */
  byte(code: number): void {
    this.reserve(1);
    this.bytes[this.length++] = code;
  }

  /**
   * Hands over the written bytes and starts over, empty. The bytes belong to the caller and are never written to again: a
   * well-filled buffer is given away, from a mostly empty one they are copied.
   */
  take(): Uint8Array<ArrayBuffer> {
    if (this.length * 2 < this.bytes.length) {
      const copy = this.bytes.slice(0, this.length);
      this.length = 0;
      return copy;
    }
    const written = this.bytes.subarray(0, this.length);
    this.use(new Uint8Array(this.bytes.length));
    this.length = 0;
    return written;
  }

  private grow(count: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.use(larger);
  }

  private use(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
