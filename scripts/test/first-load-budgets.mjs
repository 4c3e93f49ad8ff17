/**
 * The most that a page may load before it can be used, in kB (1,000 bytes): the scripts that its HTML names, each
 * compressed by gzip. `parts` is what it was when the budget was set; the check names the parts that have grown since.
 * Raise a budget only together with a reason in the commit that does it; `npm run bench:first-load` prints the figures.
 * The table page stays under 170 kB (docs/decisions/2026-11-29-first-load.md).
 *
 * @type {Record<string, { mostKb: number, parts: import('./first-load.mjs').Parts }>}
 */
export const FIRST_LOAD_BUDGETS = {
  '/': { mostKb: 148, parts: { framework: 132, everyPage: 14.5, somePages: 0, thisPage: 0 } },
  '/[cluster]': { mostKb: 175, parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 8 } },
  '/[cluster]/events': { mostKb: 185, parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 12 } },
  '/[cluster]/audit': { mostKb: 188, parts: { framework: 132.2, everyPage: 14.9, somePages: 30.1, thisPage: 9.3 } },
  '/[cluster]/approvals': { mostKb: 178, parts: { framework: 132.2, everyPage: 14.9, somePages: 19.5, thisPage: 10 } },
  '/[cluster]/agreement': { mostKb: 180, parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 10 } },
  '/[cluster]/exports': { mostKb: 237, parts: { framework: 132, everyPage: 14.7, somePages: 37.6, thisPage: 50.7 } },
  '/[cluster]/keyspaces/[keyspace]': {
    mostKb: 178,
    parts: { framework: 132, everyPage: 14.6, somePages: 19.9, thisPage: 10.7 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]': {
    mostKb: 170,
    parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 3.6 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/load': {
    mostKb: 172,
    parts: { framework: 132, everyPage: 14.7, somePages: 18.6, thisPage: 3.3 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/schema': {
    mostKb: 181,
    parts: { framework: 132, everyPage: 14.6, somePages: 19.9, thisPage: 13.5 },
  },
  '/[cluster]/keyspaces/[keyspace]/[table]/stats': {
    mostKb: 178,
    parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 9.4 },
  },
  '/[cluster]/live': { mostKb: 175, parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 4 } },
  '/[cluster]/query': { mostKb: 251, parts: { framework: 132.2, everyPage: 14.9, somePages: 28.9, thisPage: 74 } },
  '/[cluster]/ring': { mostKb: 204, parts: { framework: 132, everyPage: 14.7, somePages: 29.5, thisPage: 26.4 } },
  '/[cluster]/nodes': { mostKb: 196, parts: { framework: 132, everyPage: 14.6, somePages: 29.3, thisPage: 18.1 } },
  '/[cluster]/nodes/[node]': { mostKb: 188, parts: { framework: 132, everyPage: 14.5, somePages: 19.4, thisPage: 16 } },
  '/[cluster]/roles': { mostKb: 198, parts: { framework: 132, everyPage: 14.5, somePages: 29.3, thisPage: 18 } },
  '/[cluster]/tables': { mostKb: 187, parts: { framework: 132, everyPage: 14.5, somePages: 19.8, thisPage: 18.6 } },
  '/[cluster]/what-if': { mostKb: 186, parts: { framework: 132, everyPage: 14.5, somePages: 19.8, thisPage: 17.9 } },
  '/_not-found': { mostKb: 148, parts: { framework: 132, everyPage: 14.5, somePages: 0, thisPage: 0 } },
  '/sign-in': { mostKb: 154, parts: { framework: 132.2, everyPage: 14.9, somePages: 0, thisPage: 6.1 } },
  '/connect': { mostKb: 182, parts: { framework: 132, everyPage: 14.7, somePages: 10.6, thisPage: 23.6 } },
  '/connect/clusters': { mostKb: 190, parts: { framework: 132, everyPage: 14.7, somePages: 10.6, thisPage: 23.6 } },
};
