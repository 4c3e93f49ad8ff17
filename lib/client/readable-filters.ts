import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { parseJson } from '@/lib/contract/json';

/** Of a list of filters, those that can be read. */
export function readableFilters(text: string): readonly Filter[] {
  const list = parseJson(text);
  if (!Array.isArray(list)) return [];
  const kept = list.flatMap((one) => filtersSchema.safeParse([one]).data ?? []);
  return filtersSchema.safeParse(kept).data ?? [];
}
