import type { BrowseAddress } from './address';
import { filterText } from './filter-text';

/** What a view changes about its table, each in a few words; none for the table as it is. */
export function viewWords(address: BrowseAddress): readonly string[] {
  const { filters, columns, reversed, filtering, pageRows, from, at, last, sort, quick } = address;
  const isPlace = from !== null || at !== null || last;
  return [
    ...filters.map((filter) => filterText(filter)),
    ...(columns === null ? [] : [`columns ${columns.join(', ')}`]),
    ...(sort.length === 0 ? [] : [`sorted by ${sort.map(({ column }) => column).join(', ')}`]),
    ...(quick === '' ? [] : [`rows that contain “${quick}”`]),
    ...(reversed ? ['order reversed'] : []),
    ...(filtering ? ['filtering allowed'] : []),
    ...(pageRows === null ? [] : [`${pageRows} rows per page`]),
    ...(isPlace ? ['the place in the table'] : []),
  ];
}
