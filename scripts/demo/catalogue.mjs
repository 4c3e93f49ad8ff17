import { allTypes, everyTypeTypes } from './tables/all-types.mjs';
import { counters, noClustering, quoted, wideColumns, widePartition } from './tables/every-type.mjs';
import { airports, byOriginDay, byRoute, flightTypes } from './tables/flights.mjs';
import { birdstrikes, earthquakes, natureTypes } from './tables/nature.mjs';

/**
 * The demo keyspaces with the CQL of their types.
 * @type {Record<string, Record<string, string>>}
 */
export const KEYSPACES = { flights: flightTypes, nature: natureTypes, every_type: everyTypeTypes };

/** The demo tables in loading order: small ones first, so that there is soon something to look at. */
export const TABLES = [
  airports,
  earthquakes,
  allTypes,
  quoted,
  counters,
  wideColumns,
  birdstrikes,
  byOriginDay,
  byRoute,
  widePartition,
  noClustering,
];
