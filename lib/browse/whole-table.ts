import type { BrowseAddress } from './address';

/**
 * The view of an address without parameters. It is apart from what reads an address: that comes with the schemas of
 * requests, which a page that shows no rows need not load.
 */
export const WHOLE_TABLE: BrowseAddress = {
  filters: [],
  columns: null,
  reversed: false,
  filtering: false,
  pageRows: null,
  from: null,
  at: null,
  and: null,
  skip: 0,
  last: false,
  sort: [],
  quick: '',
};
