/**
 * Rows as cells of the native protocol (a 32-bit big-endian length, then the bytes), many rows per buffer. The SSTable
 * writer reads them directly, and the driver takes the same bytes as parameters: both write the same rows.
 * @see https://github.com/apache/cassandra/blob/trunk/doc/native_protocol_v4.spec section 6
 */
export class CellWriter {
  #bytes = Buffer.allocUnsafe(256 * 1024);
  #length = 0;

  get length() {
    return this.#length;
  }

  /** @returns {Buffer} what was written since the last call; the caller may keep it */
  take() {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  null() {
    this.#room(4);
    this.#int32(-1);
  }

  /** Leaves the cell as it is; in a new row it stays absent. */
  unset() {
    this.#room(4);
    this.#int32(-2);
  }

  /** @param {boolean} value */
  boolean(value) {
    this.#room(5);
    this.#int32(1);
    this.#bytes[this.#length++] = value ? 1 : 0;
  }

  /** @param {number} value */
  int(value) {
    this.#room(8);
    this.#int32(4);
    this.#int32(value);
  }

  /** @param {number | bigint} value a safe integer, or any of 64 bits */
  bigint(value) {
    this.#room(12);
    this.#int32(8);
    this.#int64(value);
  }

  /** @param {number} value milliseconds since 1970 */
  timestamp(value) {
    this.bigint(value);
  }

  /** @param {number} daysSince1970 */
  date(daysSince1970) {
    this.int((daysSince1970 + 0x8000_0000) | 0);
  }

  /** @param {number} value */
  double(value) {
    this.#room(12);
    this.#int32(8);
    this.#length = this.#bytes.writeDoubleBE(value, this.#length);
  }

  /**
   * @param {number} unscaled of 48 bits at most
   * @param {number} scale
   */
  decimal(unscaled, scale) {
    let bytes = 1;
    while (unscaled < -(2 ** (8 * bytes - 1)) || unscaled >= 2 ** (8 * bytes - 1)) bytes++;
    this.#room(8 + bytes);
    this.#int32(4 + bytes);
    this.#int32(scale);
    this.#length = this.#bytes.writeIntBE(unscaled, this.#length, bytes);
  }

  /** @param {Uint8Array} bytes 16 of a uuid, or any of a blob */
  blob(bytes) {
    this.#room(4 + bytes.length);
    this.#int32(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @param {string} value */
  text(value) {
    this.#room(4 + 3 * value.length);
    const start = this.#length;
    this.#length += 4;
    this.#length += this.#bytes.write(value, this.#length);
    this.#bytes.writeInt32BE(this.#length - start - 4, start);
  }

  /** @param {readonly string[]} values a set's must be in the server's order: by their bytes */
  texts(values) {
    this.#room(8);
    const start = this.#length;
    this.#length += 4;
    this.#int32(values.length);
    for (const value of values) this.text(value);
    this.#bytes.writeInt32BE(this.#length - start - 4, start);
  }

  /** @param {number} value */
  #int32(value) {
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  /** @param {number | bigint} value */
  #int64(value) {
    if (typeof value === 'bigint') {
      this.#length = this.#bytes.writeBigInt64BE(value, this.#length);
      return;
    }
    // Two halves: many times faster than through a BigInt.
    this.#int32(Math.floor(value / 0x1_0000_0000));
    this.#length = this.#bytes.writeUInt32BE(value >>> 0, this.#length);
  }

  /** @param {number} bytes */
  #room(bytes) {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/**
 * The rows in a buffer as the driver's parameters: a Buffer for each cell, null, or the driver's marker for unset.
 * @param {Buffer} bytes
 * @param {number} columns
 * @param {unknown} unset
 * @returns {Generator<unknown[]>}
 */
export function* rowsOf(bytes, columns, unset) {
  for (let at = 0; at < bytes.length; ) {
    const row = [];
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length >= 0 ? bytes.subarray(at, at + length) : length === -1 ? null : unset);
      at += Math.max(0, length);
    }
    yield row;
  }
}
