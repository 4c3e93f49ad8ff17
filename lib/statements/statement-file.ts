import { SAVED_DESCRIPTION_CHARACTERS, SAVED_PARAMETERS } from '@/lib/contract/limits';
import type { SavedParameter } from '@/lib/contract/saved-statements';

/**
 * A saved statement as a file that people read and keep in git:
 *
 *     -- name: Flights of a day
 *     -- cluster: demo
 *     -- keyspace: flights
 *     -- description: For the morning report
 *     -- parameter: day date = 2001-01-09
 *
 *     SELECT …
 *
 * The header is optional. It begins with a line of a known key, and ends with an empty line or the first line that is no
 * `-- key: value`. Everything after it is the text.
 */
export interface StatementFile {
  readonly name: string | null;
  readonly cluster: string | null;
  readonly keyspace: string | null;
  readonly description: string | null;
  readonly parameters: readonly SavedParameter[];
  /** Lines of the header that are not understood: kept, so that a newer Ringside's header survives an older one. */
  readonly others: readonly string[];
  readonly text: string;
  /** What is wrong with the header, in words for people. */
  readonly faults: readonly string[];
}

const SINGLE = ['name', 'cluster', 'keyspace', 'description'] as const;
type SingleKey = (typeof SINGLE)[number];

const LINE = /^--[ \t]*([A-Za-z]+):(.*)$/;
const PARAMETER = /^(\w+)(?:[ \t]+([^=]*[^=\s]))?[ \t]*(?:=[ \t]?(.*))?$/;

/** The parts of a file. Never throws: what it does not understand is a fault, and the text still opens. */
export function parseStatementFile(content: string): StatementFile {
  const lines = content
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  const header = new HeaderReader();
  let next = 0;
  if (isKnown(lines[0])) {
    while (next < lines.length && header.take(lines[next] ?? '', next + 1)) next++;
    if (lines[next] === '') next++;
  }
  return { ...header.result(), text: lines.slice(next).join('\n').replace(/\n$/, '') };
}

/** The file's content; {@link parseStatementFile} gives the same parts back. */
export function formatStatementFile(file: Omit<StatementFile, 'faults'>): string {
  const single = SINGLE.flatMap((key) => (file[key] === null ? [] : [`-- ${key}: ${file[key]}`]));
  const parameters = file.parameters.map((parameter) => `-- parameter: ${parameterText(parameter)}`);
  const header = [...single, ...parameters, ...file.others];
  // A text that looks like a header needs one before it.
  const start = header.length === 0 && !isKnown(file.text.split('\n', 1)[0]) ? [] : [...orName(header), ''];
  return `${[...start, file.text].join('\n')}\n`;
}

/** A header that is known as one. */
function orName(header: readonly string[]): readonly string[] {
  return isKnown(header[0]) ? header : ['-- description:', ...header];
}

function parameterText({ name, type, value }: SavedParameter): string {
  return `${name}${type === null ? '' : ` ${type}`}${value === null ? '' : ` = ${value}`}`;
}

function isKnown(line: string | undefined): boolean {
  const key = LINE.exec(line ?? '')?.[1]?.toLowerCase();
  return key === 'parameter' || SINGLE.some((known) => known === key);
}

class HeaderReader {
  readonly #single = new Map<SingleKey, string>();
  readonly #parameters: SavedParameter[] = [];
  readonly #others: string[] = [];
  readonly #faults: string[] = [];

  /** False for a line that is not of the header. */
  take(line: string, number: number): boolean {
    const [, word, rest] = LINE.exec(line) ?? [];
    if (word === undefined || rest === undefined) return false;
    const key = word.toLowerCase();
    const single = SINGLE.find((known) => known === key);
    if (single !== undefined) this.#takeSingle(single, rest.trim(), line, number);
    else if (key === 'parameter') this.#takeParameter(rest, line, number);
    else this.#misread(line, `line ${number}: “${word}” is not a key that Ringside knows`);
    return true;
  }

  result(): Omit<StatementFile, 'text'> {
    const of = (key: SingleKey) => this.#single.get(key) || null;
    return {
      name: of('name'),
      cluster: of('cluster'),
      keyspace: of('keyspace'),
      description: of('description'),
      parameters: this.#parameters,
      others: this.#others,
      faults: this.#faults,
    };
  }

  #takeSingle(key: SingleKey, value: string, line: string, number: number): void {
    if (this.#single.has(key)) this.#misread(line, `line ${number}: a second ${key}; the first one counts`);
    else if (value.length > SAVED_DESCRIPTION_CHARACTERS || /\p{Cc}/u.test(value))
      this.#misread(line, `line ${number}: the ${key} is too long or has control characters`);
    else this.#single.set(key, value);
  }

  #takeParameter(rest: string, line: string, number: number): void {
    const [, name, type = null, value = null] = PARAMETER.exec(rest.trim()) ?? [];
    if (name === undefined || /\p{Cc}/u.test(rest)) {
      this.#misread(line, `line ${number}: a parameter is written “name type = value”`);
    } else if (this.#parameters.some((other) => other.name === name)) {
      this.#misread(line, `line ${number}: a second parameter ${name}; the first one counts`);
    } else if (this.#parameters.length === SAVED_PARAMETERS) {
      this.#misread(line, `line ${number}: more than ${SAVED_PARAMETERS} parameters`);
    } else {
      this.#parameters.push({ name, type, value: value === null ? null : value });
    }
  }

  #misread(line: string, fault: string): void {
    this.#others.push(line);
    this.#faults.push(fault);
  }
}
