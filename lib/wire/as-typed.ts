import { type JsonValue, jsonText } from '@/lib/contract/json';

/** A value as text that `parseTypedText` reads back. */
export function typedTextOf(value: JsonValue): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** Values as text that `parseTypedList` reads back. */
export function typedListTextOf(values: readonly JsonValue[]): string {
  const plain = values.every((part) => typeof part === 'string' && !/[,[]/.test(part) && part.trim() === part);
  const bare = values.every((part) => typeof part === 'number' || typeof part === 'boolean');
  return plain || bare ? values.map(typedTextOf).join(', ') : jsonText(values);
}
