/** @typedef {import('../../lib/contract/json').JsonValue} Json */

/**
 * The parsed lines of a stream. Reads no faster than the caller consumes.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<unknown>}
 */
export async function* jsonLines(chunks) {
  const decoder = new TextDecoder();
  /** @type {string[]} */
  let pending = [];
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    pending.push(first);
    for (const next of others) {
      const line = pending.join('');
      pending = [next];
      if (line !== '') yield JSON.parse(line);
    }
  }
  const last = pending.join('') + decoder.decode();
  if (last !== '') throw new Error(`the stream ended inside a line: ${last.slice(0, 80)}`);
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {unknown} the object's own property
 */
export function field(value, key) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
