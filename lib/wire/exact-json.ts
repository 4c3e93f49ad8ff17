import type { JsonValue } from '@/lib/contract/json';
import { JSON_DEPTH } from '@/lib/contract/limits';

/** Text that is not JSON: where it stops being JSON, and what is wrong. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  constructor(
    readonly at: number,
    readonly reason: string,
  ) {
    super(`${reason} (at character ${at + 1})`);
  }
}

/** An object of JSON: its keys and values, in the order of the text. */
export interface JsonFields {
  readonly names: string[];
  readonly values: JsonValue[];
}

/** A JSON text in which numbers stay text, so that no digit is lost. Throws JsonFault. */
export function exactJson(text: string): JsonValue {
  const reader = new ExactReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** The same for one object. Throws JsonFault, also for a key that comes twice. */
export function exactFields(text: string): JsonFields {
  const reader = new ExactReader(text);
  const fields = reader.fields(0);
  reader.end();
  return fields;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
const [SPACE, TAB, LF, CR] = [0x20, 0x09, 0x0a, 0x0d];

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class ExactReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonValue {
    if (depth > JSON_DEPTH) throw this.fault(`nested more than ${JSON_DEPTH} deep`);
    switch (this.next()) {
      case QUOTE:
        return this.string();
      case OPEN_BRACE:
        return objectOf(this.fields(depth));
      case OPEN_BRACKET:
        return this.array(depth);
      default: {
        const word = this.word();
        // Null is a word, too.
        return word === undefined ? this.number() : word;
      }
    }
  }

  fields(depth: number): JsonFields {
    const fields: JsonFields = { names: [], values: [] };
    this.take(OPEN_BRACE, 'an object, such as {"key": "value"}');
    if (this.next() === CLOSE_BRACE) {
      this.at++;
      return fields;
    }
    do {
      if (this.next() !== QUOTE) throw this.fault('a key in double quotes is expected');
      const start = this.at;
      const name = this.string();
      if (isAmong(fields.names, name)) throw this.fault(`the key ${JSON.stringify(name)} comes twice`, start);
      this.take(COLON, 'a colon after the key');
      fields.names.push(name);
      fields.values.push(this.value(depth + 1));
    } while (this.takeComma(CLOSE_BRACE, 'a comma or the closing }'));
    return fields;
  }

  /** Nothing but spaces may follow. */
  end(): void {
    this.next();
    if (this.at < this.text.length) throw this.fault('nothing more is expected');
  }

  private array(depth: number): JsonValue {
    this.at++;
    const values: JsonValue[] = [];
    if (this.next() === CLOSE_BRACKET) {
      this.at++;
      return values;
    }
    do values.push(this.value(depth + 1));
    while (this.takeComma(CLOSE_BRACKET, 'a comma or the closing ]'));
    return values;
  }

  private string(): string {
    const { text } = this;
    const start = ++this.at;
    let hasEscapes = false;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return hasEscapes ? this.unescaped(start, at) : text.slice(start, at);
      }
      if (code === BACKSLASH) {
        hasEscapes = true;
        at++;
      } else if (code < SPACE) throw this.fault('a control character must be escaped in a string', at);
    }
    throw this.fault('the string that begins here has no end', start - 1);
  }

  private unescaped(start: number, end: number): string {
    try {
      return String(JSON.parse(this.text.slice(start - 1, end + 1)));
    } catch {
      // JSON.parse names no place in the whole text.
      throw this.fault('a string with an escape that JSON does not have', start - 1);
    }
  }

  private word(): JsonValue | undefined {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return undefined;
  }

  private number(): string {
    NUMBER.lastIndex = this.at;
    const [found] = NUMBER.exec(this.text) ?? [];
    if (found === undefined)
      throw this.fault(this.at < this.text.length ? 'a value is expected' : 'the text ends here');
    this.at += found.length;
    return found;
  }

  /** The next character that is no white space. */
  private next(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== LF && code !== CR && code !== TAB) return code;
      this.at++;
    }
  }

  private take(code: number, expected: string): void {
    if (this.next() !== code) throw this.fault(`${expected} is expected`);
    this.at++;
  }

  /** True after a comma, false after the closing bracket. */
  private takeComma(close: number, expected: string): boolean {
    const code = this.next();
    if (code !== COMMA && code !== close) throw this.fault(`${expected} is expected`);
    this.at++;
    return code === COMMA;
  }

  private fault(reason: string, at = this.at): JsonFault {
    return new JsonFault(at, reason);
  }
}

/** Beyond so many keys a set is faster than looking at each. */
const FEW = 32;
const sets = new WeakMap<readonly string[], Set<string>>();

function isAmong(names: readonly string[], name: string): boolean {
  if (names.length < FEW) return names.includes(name);
  let set = sets.get(names);
  if (set === undefined) {
    set = new Set(names);
    sets.set(names, set);
  }
  for (let at = set.size; at < names.length; at++) set.add(names[at] ?? '');
  return set.has(name);
}

function objectOf({ names, values }: JsonFields): JsonValue {
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]));
}
