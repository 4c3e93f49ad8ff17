/**
 * The most that a page may load before it can be used, in kB (1,000 bytes): the scripts that its HTML names, each
 * compressed by gzip. `parts` is what it was when the budget was set; the check names the parts that have grown since.
 * Raise a budget only together with a reason in the commit that does it; `npm run bench:first-load` prints the figures.
 * The aim for the table page is 170 kB (docs/decisions/2026-11-28-first-load.md says what holds the rest).
 *
 * @type {Record<string, { mostKb: number, parts: import('./first-load.mjs').Parts }>}
 */
export const FIRST_LOAD_BUDGETS = {
  '/': { mostKb: 157, parts: { framework: 131.5, everyPage: 24.4, somePages: 0, thisPage: 0 } },
  '/[cluster]': { mostKb: 188, parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 6.4 } },
  '/[cluster]/exports': { mostKb: 246, parts: { framework: 131.5, everyPage: 24.4, somePages: 34.4, thisPage: 54.4 } },
  '/[cluster]/keyspaces/[keyspace]': {
    mostKb: 191,
    parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 9.6 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]': {
    mostKb: 186,
    parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 4.2 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/schema': {
    mostKb: 194,
    parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 11.8 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/stats': {
    mostKb: 194,
    parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 12.5 },
  },
  '/[cluster]/query': { mostKb: 252, parts: { framework: 131.5, everyPage: 24.4, somePages: 24.6, thisPage: 70 } },
  '/[cluster]/ring': { mostKb: 220, parts: { framework: 131.5, everyPage: 24.4, somePages: 34.4, thisPage: 28 } },
  '/_not-found': { mostKb: 157, parts: { framework: 131.5, everyPage: 24.4, somePages: 0, thisPage: 0 } },
  '/connect': { mostKb: 184, parts: { framework: 131.5, everyPage: 24.4, somePages: 6.5, thisPage: 20.1 } },
};
