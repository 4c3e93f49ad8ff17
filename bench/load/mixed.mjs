/** Sources: Steele, Lea, Flood, “Fast splittable pseudorandom number generators” (the finaliser, on 32 bits). */

/**
 * A pseudo-random 32-bit integer computed from two others.
 * @param {number} index
 * @param {number} salt
 * @returns {number} unsigned
 */
export function mix(index, salt) {
  let hash = (index ^ Math.imul(salt + 1, 0x9e37_79b9)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Niklaus', 'Hedy', 'Tony'];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Wirth', 'Lamarr', 'Hoare'];
/** In the order of their bytes, as a set keeps them. */
const TAGS = ['archived', 'billing', 'draft', 'eu', 'late', 'new', 'priority', 'vip'];

/** One name in a hundred needs escaping in CSV and JSON. @param {number} index @returns {string} */
function nameOf(index) {
  const hash = mix(index, 1);
  const name = `${FIRST[hash % 10]} ${LAST[(hash >>> 8) % 10]}`;
  return hash % 100 === 7 ? `${name}, “née” "Müller"` : `${name} ${(hash >>> 12).toString(36)}`;
}

/** @param {number} index @returns {string[]} */
function tagsOf(index) {
  const bits = mix(index, 6) & mix(index, 7) & 0xff;
  return TAGS.filter((_, bit) => (bits >> bit) & 1);
}

const uuid = Buffer.alloc(16);

/** @param {number} index @returns {Buffer} one buffer, refilled on every call */
function uuidOf(index) {
  for (let word = 0; word < 4; word++) uuid.writeUInt32BE(mix(index, 8 + word), 4 * word);
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x40, 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuid;
}

const SINCE_2001_MS = 978_307_200_000;

/**
 * Eleven columns of mixed types: the benchmark row.
 * @type {import('./shapes.mjs').Shape}
 */
export const mixed = {
  columns: {
    id: 'bigint',
    part: 'int',
    name: 'text',
    score: 'int',
    total: 'bigint',
    ratio: 'double',
    price: 'decimal',
    active: 'boolean',
    created: 'timestamp',
    ref: 'uuid',
    tags: 'set<text>',
  },
  primaryKey: '(id, part)',
  rows: 1_000_000,
  write(cells, index) {
    const hash = mix(index, 2);
    cells.bigint(index * 7_919);
    cells.int(index % 16);
    cells.text(nameOf(index));
    cells.int((hash % 2_000_000) - 1_000_000);
    cells.bigint((mix(index, 3) - 0x8000_0000) * 1_000_003);
    cells.double((mix(index, 4) - 0x8000_0000) / 997);
    if (hash % 20 === 3) cells.unset();
    else cells.decimal((mix(index, 5) % 100_000_000) - 20_000_000, 2);
    cells.boolean((hash & 1) === 1);
    cells.timestamp(SINCE_2001_MS + index * 251);
    cells.blob(uuidOf(index));
    const tags = tagsOf(index);
    // An empty set has no cell.
    if (tags.length === 0) cells.unset();
    else cells.texts(tags);
  },
};
