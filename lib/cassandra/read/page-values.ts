import 'server-only';
import type { JsonValue } from '@/lib/contract/json';
import { turn } from '@/lib/turns';
import { cellLength } from '@/lib/wire/plan';
import type { Part } from '@/lib/wire/split';
import { STEP_BYTES } from '@/lib/wire/steps';
import { toJson } from '@/lib/wire/values';
import type { Page } from './pages';

/** The cells of a page's rows as bytes; null for null. @throws WireError */
export function pageCells({ body, rows, columns }: Page): Part[][] {
  let at = 0;
  return Array.from({ length: columns === null ? 0 : rows }, () =>
    (columns ?? []).map(() => {
      const length = cellLength(body, at);
      const start = at + 4;
      at = start + Math.max(0, length);
      return length < 0 ? null : body.subarray(start, at);
    }),
  );
}

/**
 * The rows of a small page as JSON values; yields to other work in between. For pages of any size use the writers of
 * `lib/wire`.
 * @throws WireError, ValueError
 */
export async function pageValues(page: Page): Promise<JsonValue[][]> {
  const values: JsonValue[][] = [];
  let bytes = 0;
  for (const row of pageCells(page)) {
    const cells: JsonValue[] = [];
    for (const [index, { type }] of (page.columns ?? []).entries()) {
      const cell = row[index] ?? null;
      cells.push(toJson(cell, type));
      bytes += cell?.length ?? 0;
      if (bytes < STEP_BYTES) continue;
      bytes = 0;
      await turn();
    }
    values.push(cells);
  }
  return values;
}
