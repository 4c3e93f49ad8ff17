import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';

/** A value back as the text that `parseTyped` reads it from. */
export function typedText(value: JsonValue, operator: Filter['operator']): string {
  if (operator !== 'IN' || !Array.isArray(value)) return oneText(value);
  const plain = value.every((part) => typeof part !== 'string' || (!/[,[]/.test(part) && part.trim() === part));
  return plain ? value.map(oneText).join(', ') : JSON.stringify(value);
}

function oneText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
