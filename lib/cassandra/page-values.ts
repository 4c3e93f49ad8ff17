import 'server-only';
import type { JsonValue } from '@/lib/contract/json';
import { cellLength } from '@/lib/wire/plan';
import { toJson } from '@/lib/wire/values';
import type { Page } from './pages';

/** The rows of a small page as JSON values. For pages of any size there are the writers of `lib/wire`. Throws WireError. */
export function pageValues({ body, rows, columns }: Page): JsonValue[][] {
  let at = 0;
  return Array.from({ length: columns === null ? 0 : rows }, () =>
    (columns ?? []).map(({ type }) => {
      const length = cellLength(body, at);
      const start = at + 4;
      at = start + Math.max(0, length);
      return toJson(length < 0 ? null : body.subarray(start, at), type);
    }),
  );
}
