import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { dataFile } from './files.mjs';

/** The GeoJSON of one earthquake as its survey publishes it; only what the demo tables use. */
const feature = z.object({
  id: z.string(),
  properties: z.object({
    mag: z.number(),
    magType: z.string(),
    place: z.string(),
    time: z.number(),
    updated: z.number(),
    tz: z.number(),
    url: z.string(),
    felt: z.number().nullable(),
    cdi: z.number().nullable(),
    mmi: z.number().nullable(),
    alert: z.string().nullable(),
    status: z.string(),
    tsunami: z.number(),
    sig: z.number(),
    sources: z.string(),
    types: z.string(),
    nst: z.number().nullable(),
    dmin: z.number().nullable(),
    rms: z.number().nullable(),
    gap: z.number().nullable(),
    type: z.string(),
  }),
  geometry: z.object({ coordinates: z.tuple([z.number(), z.number(), z.number()]) }),
});

/** @typedef {z.infer<typeof feature>} Earthquake */

/**
 * A week of earthquakes, the newest first.
 * @returns {Promise<Earthquake[]>}
 */
export async function readEarthquakes() {
  const text = await readFile(dataFile('earthquakes.json'), 'utf8');
  return z.object({ features: z.array(feature) }).parse(JSON.parse(text)).features;
}
