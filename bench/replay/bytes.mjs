/** The notations of the native protocol, v4 (section 3): read from a frame's body, and written into one. */

/** Reads one value after another. */
export class Reader {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  byte() {
    return this.bytes.readUInt8(this.at++);
  }

  short() {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  int() {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  /** @param {number} count @returns {Buffer} a view */
  take(count) {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  string() {
    return this.take(this.short()).toString();
  }

  longString() {
    return this.take(this.int()).toString();
  }

  /** @returns {Buffer | null} null for null and for unset */
  cell() {
    const length = this.int();
    return length < 0 ? null : this.take(length);
  }

  stringList() {
    return Array.from({ length: this.short() }, () => this.string());
  }

  /** @returns {Buffer} the bytes of an [option]: a column's type */
  type() {
    const start = this.at;
    this.#skipType();
    return this.bytes.subarray(start, this.at);
  }

  #skipType() {
    const id = this.short();
    if (id === TYPE.custom) this.string();
    else if (id === TYPE.list || id === TYPE.set) this.#skipType();
    else if (id === TYPE.map) {
      this.#skipType();
      this.#skipType();
    } else if (id === TYPE.tuple) for (let left = this.short(); left > 0; left--) this.#skipType();
    else if (id === TYPE.udt) this.#skipUdt();
  }

  #skipUdt() {
    this.string();
    this.string();
    for (let left = this.short(); left > 0; left--) {
      this.string();
      this.#skipType();
    }
  }
}

export const TYPE = {
  custom: 0x00,
  bigint: 0x02,
  int: 0x09,
  inet: 0x10,
  list: 0x20,
  map: 0x21,
  set: 0x22,
  udt: 0x30,
  tuple: 0x31,
};

/** @param {number} value */
export function short(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** @param {number} value */
export function int(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** @param {bigint} value */
export function long(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** @param {string} text */
export function string(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([short(bytes.length), bytes]);
}

/** @param {string} text */
export function longString(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([int(bytes.length), bytes]);
}

/** @param {Buffer | null} value */
export function cell(value) {
  return value === null ? int(-1) : Buffer.concat([int(value.length), value]);
}
