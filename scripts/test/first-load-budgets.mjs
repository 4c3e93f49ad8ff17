/**
 * The most that a page may load before it can be used, in kB (1,000 bytes): the scripts that its HTML names, each
 * compressed by gzip. `parts` is what it was when the budget was set; the check names the parts that have grown since.
 * Raise a budget only together with a reason in the commit that does it; `npm run bench:first-load` prints the figures.
 * The aim for the table page is 170 kB (docs/decisions/2026-11-28-first-load.md says what holds the rest).
 *
 * @type {Record<string, { mostKb: number, parts: import('./first-load.mjs').Parts }>}
 */
export const FIRST_LOAD_BUDGETS = {
  '/': { mostKb: 157, parts: { framework: 131.5, everyPage: 23.9, somePages: 0, thisPage: 0 } },
  '/[cluster]': { mostKb: 183, parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 6.7 } },
  '/[cluster]/exports': { mostKb: 241, parts: { framework: 131.5, everyPage: 23.9, somePages: 29.1, thisPage: 55 } },
  '/[cluster]/keyspaces/[keyspace]': {
    mostKb: 185,
    parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 8.7 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]': {
    mostKb: 181,
    parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 4.3 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/schema': {
    mostKb: 188,
    parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 11.4 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/stats': {
    mostKb: 189,
    parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 12.3 },
  },
  '/[cluster]/query': { mostKb: 245, parts: { framework: 131.5, everyPage: 23.9, somePages: 19.3, thisPage: 69.1 } },
  '/[cluster]/ring': { mostKb: 214, parts: { framework: 131.5, everyPage: 23.9, somePages: 29.1, thisPage: 27.8 } },
  '/_not-found': { mostKb: 157, parts: { framework: 131.5, everyPage: 23.9, somePages: 0, thisPage: 0 } },
  '/connect': { mostKb: 178, parts: { framework: 131.5, everyPage: 23.9, somePages: 0, thisPage: 21.6 } },
};
