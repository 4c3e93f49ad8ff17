import cassandra from 'cassandra-driver';
import { cell, csvRows, known } from '../sources/csv.mjs';
import { flightSlices } from '../sources/flights.mjs';
import { batchesByPartition } from '../table.mjs';

/** @typedef {import('../table.mjs').DemoTable} DemoTable */

/** CQL of the types in keyspace `flights`, by name. */
export const flightTypes = { place: 'city text, state text, country text' };

/** @type {DemoTable} */
export const airports = {
  keyspace: 'flights',
  name: 'airports',
  comment: 'US airports by IATA code',
  columns: ({ vectors }) => ({
    iata: 'text',
    name: 'text',
    place: 'frozen<place>',
    latitude: 'decimal',
    longitude: 'decimal',
    // The point on the unit sphere: near airports have near vectors. It has no index: on a server with few processors,
    // concurrent writes to a vector index fail (Cassandra 5.0.9: jvector pools processors + 1 objects and no more).
    ...(vectors ? { position: 'vector<float, 3>' } : {}),
  }),
  primaryKey: '(iata)',
  countColumn: 'iata',
  total: () => 3_376,
  writer: 'values',
  async *batches() {
    for await (const airport of csvRows('airports.csv')) yield [airportRow(airport)];
  },
};

/** @type {DemoTable} */
export const byOriginDay = {
  keyspace: 'flights',
  name: 'by_origin_day',
  comment: 'Flights that leave an airport on a day, the latest first',
  columns: () => ({
    origin: 'text',
    day: 'date',
    departs: 'timestamp',
    destination: 'text',
    sequence: 'int',
    delay: 'int',
    distance: 'int',
    tags: 'set<text>',
  }),
  primaryKey: '((origin, day), departs, destination, sequence)',
  clusteringOrder: 'departs DESC, destination ASC, sequence ASC',
  countColumn: 'sequence',
  total: ({ flights }) => flights,
  writer: 'values',
  async *batches({ flights }) {
    for await (const slice of flightSlices(flights))
      yield* batchesByPartition(slice, (row) => `${row.origin} ${row.day}`);
  },
};

/** @type {DemoTable} */
export const byRoute = {
  keyspace: 'flights',
  name: 'by_route',
  comment: 'Flights between two airports, the latest first',
  columns: () => ({
    origin: 'text',
    destination: 'text',
    departs: 'timestamp',
    sequence: 'int',
    delay: 'int',
    distance: 'int',
    tags: 'set<text>',
  }),
  primaryKey: '((origin, destination), departs, sequence)',
  clusteringOrder: 'departs DESC, sequence ASC',
  countColumn: 'sequence',
  total: ({ flights }) => flights,
  writer: 'values',
  async *batches({ flights }) {
    for await (const slice of flightSlices(flights)) {
      yield* batchesByPartition(slice, (row) => `${row.origin} ${row.destination}`);
    }
  },
};

/**
 * @param {Record<string, string>} airport  A record of airports.csv.
 * @returns {import('../table.mjs').Row}
 */
function airportRow(airport) {
  const latitude = cell(airport, 'latitude');
  const longitude = cell(airport, 'longitude');
  return {
    iata: cell(airport, 'iata'),
    name: cell(airport, 'name'),
    place: {
      city: known(cell(airport, 'city')),
      state: known(cell(airport, 'state')),
      country: known(cell(airport, 'country')),
    },
    latitude,
    longitude,
    position: unitVector(Number(latitude), Number(longitude)),
  };
}

/**
 * @param {number} latitude  Degrees.
 * @param {number} longitude  Degrees.
 */
function unitVector(latitude, longitude) {
  const north = (latitude * Math.PI) / 180;
  const east = (longitude * Math.PI) / 180;
  const elements = [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
  return new cassandra.types.Vector(new Float32Array(elements), 'float');
}
