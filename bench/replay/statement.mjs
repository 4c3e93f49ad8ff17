/**
 * The statements that a replay node understands: SELECT of columns of one table, conditions joined by AND, a LIMIT; and INSERT
 * of markers alone.
 */

/**
 * @typedef {{ marker: number, name: string | null } | { text: string } | { number: string }} Value
 * @typedef {{ column: string, values: Value[] }} Equality  any of these values
 * @typedef {{ operator: '>' | '>=' | '<' | '<=', value: Value }} TokenBound
 * @typedef {object} Select
 * @property {string | null} keyspace
 * @property {string} table
 * @property {string[] | null} columns null: all
 * @property {Equality[]} equalities
 * @property {TokenBound[]} bounds
 * @property {number | null} limit
 */

/**
 * @typedef {object} Insert
 * @property {string | null} keyspace
 * @property {string} table
 * @property {string[]} columns each with a marker
 * @property {('timestamp' | 'ttl')[]} using what a marker after those of the columns is
 */

const WORD = /\s*("(?:[^"]|"")+"|'(?:[^']|'')*'|[a-z_][a-z0-9_]*|-?\d+|<=|>=|[(),.*=<>?:;])/iy;

class Words {
  #words;
  #at = 0;
  #markers = 0;

  /** @param {string} statement */
  constructor(statement) {
    this.#words = wordsOf(statement);
  }

  get next() {
    return this.#words[this.#at] ?? '';
  }

  take() {
    const word = this.next;
    if (word === '') throw new SyntaxError('it ends too early');
    this.#at++;
    return word;
  }

  /** @param {string} word @returns {boolean} whether it was next */
  skip(word) {
    if (this.next.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  /** @param {string} word */
  expect(word) {
    if (!this.skip(word)) throw new SyntaxError(`"${this.next}" stands where ${word} was expected`);
  }

  name() {
    const word = this.take();
    if (word.startsWith('"')) return word.slice(1, -1).replaceAll('""', '"');
    if (!/^[a-z_]/i.test(word)) throw new SyntaxError(`"${word}" is not a name`);
    return word.toLowerCase();
  }

  /** @returns {Value} */
  value() {
    const word = this.take();
    if (word === '?') return { marker: this.#markers++, name: null };
    if (word === ':') return { marker: this.#markers++, name: this.name() };
    if (word.startsWith("'")) return { text: word.slice(1, -1).replaceAll("''", "'") };
    if (/^-?\d+$/.test(word)) return { number: word };
    throw new SyntaxError(`"${word}" is not a value`);
  }
}

/** @param {string} statement @returns {string[]} */
function wordsOf(statement) {
  const words = [];
  const text = statement.trim();
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const at = WORD.lastIndex;
    const found = WORD.exec(text);
    if (found === null) throw new SyntaxError(`"${text.slice(at, at + 10)}" is not understood`);
    words.push(found[1] ?? '');
  }
  return words;
}

/**
 * @param {string} statement
 * @returns {Select}
 * @throws {SyntaxError} when it is another statement
 */
export function parseSelect(statement) {
  const words = new Words(statement);
  words.expect('select');
  const columns = words.skip('*') ? null : listOf(words, () => words.name());
  words.expect('from');
  const first = words.name();
  const table = words.skip('.') ? { keyspace: first, table: words.name() } : { keyspace: null, table: first };
  const { equalities, bounds } = words.skip('where') ? conditions(words) : { equalities: [], bounds: [] };
  const limit = words.skip('limit') ? Number(words.take()) : null;
  if (words.skip('allow')) words.expect('filtering');
  words.skip(';');
  if (words.next !== '' || Number.isNaN(limit)) throw new SyntaxError(`"${words.next}" is not understood`);
  return { ...table, columns, equalities, bounds, limit };
}

/** @template T @param {Words} words @param {() => T} item @returns {T[]} */
function listOf(words, item) {
  const items = [item()];
  while (words.skip(',')) items.push(item());
  return items;
}

/** @param {Words} words */
function conditions(words) {
  /** @type {Equality[]} */
  const equalities = [];
  /** @type {TokenBound[]} */
  const bounds = [];
  do {
    if (words.skip('token')) bounds.push(tokenBound(words));
    else equalities.push(equality(words));
  } while (words.skip('and'));
  return { equalities, bounds };
}

/** @param {Words} words @returns {TokenBound} */
function tokenBound(words) {
  words.expect('(');
  listOf(words, () => words.name());
  words.expect(')');
  const operator = words.take();
  if (operator !== '>' && operator !== '>=' && operator !== '<' && operator !== '<=') {
    throw new SyntaxError(`"${operator}" does not compare tokens`);
  }
  return { operator, value: words.value() };
}

/** @param {Words} words @returns {Equality} */
function equality(words) {
  const column = words.name();
  if (!words.skip('in')) {
    words.expect('=');
    return { column, values: [words.value()] };
  }
  words.expect('(');
  const values = listOf(words, () => words.value());
  words.expect(')');
  return { column, values };
}

/**
 * @param {string} statement
 * @returns {Insert | null} null: it is another statement
 * @throws {SyntaxError} for an INSERT with anything but markers as its values
 */
export function parseInsert(statement) {
  if (!/^\s*insert\s/i.test(statement)) return null;
  const words = new Words(statement);
  words.expect('insert');
  words.expect('into');
  const first = words.name();
  const table = words.skip('.') ? { keyspace: first, table: words.name() } : { keyspace: null, table: first };
  words.expect('(');
  const columns = listOf(words, () => words.name());
  words.expect(')');
  words.expect('values');
  words.expect('(');
  const markers = listOf(words, () => words.expect('?'));
  words.expect(')');
  if (markers.length !== columns.length) throw new SyntaxError('it has another number of markers than of columns');
  const using = words.skip('using') ? usingMarkers(words) : [];
  words.skip(';');
  if (words.next !== '') throw new SyntaxError(`"${words.next}" is not understood`);
  return { ...table, columns, using };
}

/** @param {Words} words @returns {('timestamp' | 'ttl')[]} */
function usingMarkers(words) {
  /** @type {('timestamp' | 'ttl')[]} */
  const using = [];
  do {
    const what = words.name();
    if (what !== 'timestamp' && what !== 'ttl') throw new SyntaxError(`"${what}" is not understood`);
    words.expect('?');
    using.push(what);
  } while (words.skip('and'));
  return using;
}
