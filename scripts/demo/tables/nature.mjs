import cassandra from 'cassandra-driver';
import { cell, csvRows, known } from '../sources/csv.mjs';
import { readEarthquakes } from '../sources/earthquakes.mjs';
import { batchesByPartition } from '../table.mjs';

/**
 * @typedef {import('../table.mjs').DemoTable} DemoTable
 * @typedef {import('../table.mjs').Row} Row
 */

/** CQL of the types in keyspace `nature`, by name. */
export const natureTypes = { hypocentre: 'latitude decimal, longitude decimal, depth_km decimal' };

/** @type {DemoTable} */
export const earthquakes = {
  keyspace: 'nature',
  name: 'earthquakes',
  comment: 'A week of earthquakes by day, the latest first (USGS)',
  columns: () => ({
    day: 'date',
    time: 'timestamp',
    id: 'text',
    magnitude: 'decimal',
    magnitude_type: 'text',
    place: 'text',
    location: 'frozen<hypocentre>',
    kind: 'text',
    status: 'text',
    alert: 'text',
    tsunami: 'boolean',
    significance: 'smallint',
    felt: 'int',
    intensity: 'map<text, decimal>',
    stations: 'int',
    fit: 'tuple<decimal, decimal, decimal>',
    sources: 'set<text>',
    products: 'set<text>',
    utc_offset_minutes: 'smallint',
    updated: 'timestamp',
    url: 'text',
  }),
  primaryKey: '((day), time, id)',
  clusteringOrder: 'time DESC, id ASC',
  countColumn: 'id',
  total: () => 1_707,
  writer: 'values',
  async *batches() {
    yield* batchesByPartition((await readEarthquakes()).map(earthquakeRow), (row) => `${row.day}`);
  },
};

/** @type {DemoTable} */
export const birdstrikes = {
  keyspace: 'nature',
  name: 'birdstrikes',
  comment: 'Aircraft that met birds, by state, the latest first (FAA)',
  columns: () => ({
    state: 'text',
    day: 'date',
    sequence: 'int',
    airport: 'text',
    aircraft: 'text',
    operator: 'text',
    species: 'text',
    wildlife_size: 'text',
    phase: 'text',
    time_of_day: 'text',
    damage: 'text',
    speed_knots: 'smallint',
    cost_total: 'decimal',
    costs: 'map<text, decimal>',
  }),
  primaryKey: '((state), day, sequence)',
  clusteringOrder: 'day DESC, sequence ASC',
  indexes: ['species'],
  countColumn: 'sequence',
  total: () => 10_000,
  writer: 'values',
  async *batches() {
    /** @type {Row[]} */
    const rows = [];
    for await (const strike of csvRows('birdstrikes.csv')) rows.push(birdstrikeRow(strike, rows.length));
    yield* batchesByPartition(rows, (row) => `${row.state}`);
  },
};

/**
 * @param {import('../sources/earthquakes.mjs').Earthquake} earthquake
 * @returns {Row}
 */
function earthquakeRow({ id, properties: quake, geometry }) {
  const [longitude, latitude, depth] = geometry.coordinates.map(String);
  return {
    day: new Date(quake.time).toISOString().slice(0, 10),
    time: new Date(quake.time),
    id,
    magnitude: String(quake.mag),
    magnitude_type: quake.magType,
    place: quake.place,
    location: { latitude, longitude, depth_km: depth },
    kind: quake.type,
    status: quake.status,
    alert: quake.alert,
    tsunami: quake.tsunami === 1,
    significance: quake.sig,
    felt: quake.felt,
    intensity: withoutNulls({ reported: quake.cdi, measured: quake.mmi }),
    stations: quake.nst,
    // Distance to the nearest station (degrees), root mean square of residuals (seconds), largest azimuthal gap (degrees).
    fit: cassandra.types.Tuple.fromArray([quake.dmin, quake.rms, quake.gap].map((value) => value?.toString() ?? null)),
    sources: commaList(quake.sources),
    products: commaList(quake.types),
    utc_offset_minutes: quake.tz,
    updated: new Date(quake.updated),
    url: quake.url,
  };
}

/**
 * @param {Record<string, string>} strike  A record of birdstrikes.csv.
 * @param {number} sequence  Its index in the file, which has no other identifier.
 * @returns {Row}
 */
function birdstrikeRow(strike, sequence) {
  const speed = known(cell(strike, 'Speed IAS in knots'));
  const costs = { repair: cell(strike, 'Cost Repair'), other: cell(strike, 'Cost Other') };
  return {
    state: cell(strike, 'Origin State'),
    day: cell(strike, 'Flight Date'),
    sequence,
    airport: cell(strike, 'Airport Name'),
    aircraft: cell(strike, 'Aircraft Make Model'),
    operator: cell(strike, 'Aircraft Airline Operator'),
    species: cell(strike, 'Wildlife Species'),
    wildlife_size: cell(strike, 'Wildlife Size'),
    phase: cell(strike, 'Phase of flight'),
    time_of_day: cell(strike, 'Time of day'),
    damage: cell(strike, 'Effect Amount of damage'),
    speed_knots: speed === null ? null : Number(speed),
    cost_total: cell(strike, 'Cost Total $'),
    costs: Object.fromEntries(Object.entries(costs).filter(([, dollars]) => dollars !== '0')),
  };
}

/** @param {Record<string, number | null>} values */
function withoutNulls(values) {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  );
}

/**
 * The names in a list such as `,ci,us,`.
 * @param {string} text
 */
function commaList(text) {
  return text.split(',').filter((name) => name !== '');
}
