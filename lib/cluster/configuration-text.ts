import { isJson, type JsonValue } from '@/lib/contract/json';

/** A cluster as its file has it, with keys that Ringside may not know. */
export type WrittenCluster = Readonly<Record<string, JsonValue>>;

/** A place in a text, from its first character up to the one after its last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The text of a file without any cluster. */
export const EMPTY_CONFIGURATION = '{\n  "clusters": []\n}\n';

/** The text of a cluster in the file and what it says; undefined if the file has no cluster of that name. */
export function writtenCluster(text: string, name: string): { cluster: WrittenCluster; text: string } | undefined {
  for (const { from, to } of listIn(text).elements) {
    const value: unknown = JSON.parse(text.slice(from, to));
    if (isCluster(value) && value.name === name) return { cluster: value, text: text.slice(from, to) };
  }
  return undefined;
}

/**
 * The file's text with one cluster replaced, or added at the end of the list. Every other character stays as it is.
 * @param text valid JSON: an object with `clusters`, or the list itself
 */
export function withCluster(text: string, cluster: WrittenCluster): { text: string; cluster: string } {
  const list = listIn(text);
  const named = list.elements.find(({ from, to }) => {
    const value: unknown = JSON.parse(text.slice(from, to));
    return isCluster(value) && value.name === cluster.name;
  });
  const { base, unit } = indentOf(text, list);
  const written = JSON.stringify(cluster, null, unit).replaceAll('\n', `\n${base}`);
  if (named !== undefined) return { text: spliced(text, named, written), cluster: written };
  const last = list.elements.at(-1);
  if (last !== undefined)
    return { text: spliced(text, { from: last.to, to: last.to }, `,\n${base}${written}`), cluster: written };
  const closing = base.slice(unit.length);
  return {
    text: spliced(text, { from: list.from + 1, to: list.to - 1 }, `\n${base}${written}\n${closing}`),
    cluster: written,
  };
}

/** A cluster's text for people: as it is, unless a password stands in it. */
export function shownText(text: string): string {
  const value: unknown = JSON.parse(text);
  if (!isCluster(value) || typeof value.password !== 'string') return text;
  return JSON.stringify({ ...value, password: '(not shown)' }, null, 2);
}

function isCluster(value: unknown): value is WrittenCluster {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value);
}

function spliced(text: string, { from, to }: Span, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

interface List extends Span {
  readonly elements: readonly Span[];
}

/** Where the list of clusters is: of keys that come twice the last counts, as for JSON.parse. */
function listIn(text: string): List {
  const start = afterSpace(text, 0);
  if (text[start] === '[') return { from: start, to: endOf(text, start), elements: partsOf(text, start) };
  for (const { from, to } of partsOf(text, start).toReversed()) {
    const colon = afterSpace(text, endOf(text, from));
    const value = afterSpace(text, colon + 1);
    if (JSON.parse(text.slice(from, endOf(text, from))) !== 'clusters') continue;
    return { from: value, to, elements: partsOf(text, value) };
  }
  throw new TypeError('The text has no clusters.');
}

/** The elements of a list, or the members of an object: keys with their values. */
function partsOf(text: string, open: number): Span[] {
  const close = text[open] === '[' ? ']' : '}';
  const parts: Span[] = [];
  let at = afterSpace(text, open + 1);
  while (text[at] !== close) {
    const from = at;
    at = afterSpace(text, endOf(text, at));
    if (text[at] === ':') at = endOf(text, afterSpace(text, at + 1));
    parts.push({ from, to: trimmedEnd(text, at) });
    at = afterSpace(text, at);
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
  return parts;
}

function trimmedEnd(text: string, at: number): number {
  return text.slice(0, at).trimEnd().length;
}

function afterSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && /\s/.test(text[next] ?? '')) next++;
  return next;
}

/** The end of the value that begins at `at`. */
function endOf(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return endOfString(text, at);
  let next = at;
  if (first !== '{' && first !== '[') {
    while (next < text.length && !/[\s,\]}]/.test(text[next] ?? '')) next++;
    return next;
  }
  for (let depth = 0; next < text.length; next++) {
    const character = text[next];
    if (character === '"') next = endOfString(text, next) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return next + 1;
    }
  }
  return next;
}

function endOfString(text: string, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== '"') next += text[next] === '\\' ? 2 : 1;
  return next + 1;
}

/** How the file indents: `base` before a cluster, `unit` for each level within it. */
function indentOf(text: string, list: List): { base: string; unit: string } {
  const [first] = list.elements;
  const before = (at: number) => /(?:^|\n)([ \t]*)$/.exec(text.slice(0, at))?.[1];
  const lineOfList = /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, list.from))?.[1] ?? '';
  const base = first === undefined ? undefined : before(first.from);
  const unit = base !== undefined && base.length > lineOfList.length ? base.slice(lineOfList.length) : '  ';
  return { base: base ?? lineOfList + unit, unit };
}
