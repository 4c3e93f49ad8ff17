import { type JsonValue, jsonValueSchema } from '@/lib/contract/json';

const EXAMPLES: Readonly<Record<string, string>> = {
  ascii: 'text',
  text: 'text',
  bigint: '9007199254740993',
  counter: '1',
  varint: '1',
  blob: '0xcafe',
  date: '2001-01-09',
  decimal: '1.50',
  double: '0.5',
  float: '0.5',
  inet: '127.0.0.1',
  int: '42',
  smallint: '42',
  tinyint: '42',
  time: '06:10:00.000000000',
  timestamp: '2001-01-09T06:10:00.000Z',
  timeuuid: '50554d6e-29bb-11e5-b345-feff819cdc9f',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

/** Whole and floating numbers that travel as JSON numbers; wider ones travel as text. */
const WHOLE = new Set(['tinyint', 'smallint', 'int']);
const FLOATING = new Set(['float', 'double']);

export interface KeyField {
  readonly control: 'text' | 'boolean';
  /** A value of the type as it is typed here; for collections, tuples and UDTs in their JSON form. */
  readonly example: string;
  /** True where the text is JSON itself. */
  readonly json: boolean;
}

/** How a partition key column of a type is asked for. */
export function keyFieldOf(type: string): KeyField {
  if (type === 'boolean') return { control: 'boolean', example: 'true', json: false };
  const example = EXAMPLES[type];
  if (example !== undefined) return { control: 'text', example, json: false };
  return { control: 'text', example: jsonExampleOf(type), json: true };
}

function jsonExampleOf(type: string): string {
  const inner = type.replace(/^frozen<(.*)>$/, '$1');
  if (/^(list|set|tuple|vector)</.test(inner)) return '[…]';
  return '{"field": …}';
}

/**
 * What a person typed, in the JSON form that the contract has for the type. It judges nothing: what is no value of the
 * type goes to the server as it was typed, whose answer says what is wrong with it.
 * @throws SyntaxError when the type wants JSON and the text is none.
 */
export function keyValueOf(type: string, text: string): JsonValue {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (WHOLE.has(type) && /^-?\d{1,15}$/.test(text.trim())) return Number(text);
  if (FLOATING.has(type) && /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim())) return Number(text);
  if (keyFieldOf(type).json) return parseJson(text);
  return type === 'text' || type === 'ascii' ? text : text.trim();
}

function parseJson(text: string): JsonValue {
  const value: unknown = JSON.parse(text);
  return jsonValueSchema.parse(value);
}
