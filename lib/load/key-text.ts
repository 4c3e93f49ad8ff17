import { jsonText } from '@/lib/contract/json';
import type { Write } from '@/lib/transform/fields';
import type { RowBinder } from '@/lib/transform/row-binder';
import type { CqlTable } from '@/lib/wire/file-format';
import { toJson } from '@/lib/wire/values';

/** How much of a key is shown. */
const SHOWN_CHARACTERS = 160;

/** The primary key of a write, for people: `customer = "Ada", id = 7`. */
export function keyText(binder: RowBinder, columns: CqlTable['columns'], values: Write['values']): string {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const parts = binder.columns.flatMap((name, at) => {
    const [value, type] = [values[at], types.get(name)];
    return !binder.isKey(at) || value == null || type === undefined
      ? []
      : [`${name} = ${jsonText(toJson(value, type))}`];
  });
  const text = parts.join(', ');
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}
