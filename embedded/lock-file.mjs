import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The committed lock: the parts of a Cassandra server, per release. `lock.mjs` writes it. */
export const LOCK_PATH = fileURLToPath(new URL('./jars.lock.json', import.meta.url));

/** The release that is started by default. */
export const DEFAULT_VERSION = '5.0.9';

const artifactSchema = z.object({
  /** Maven coordinates, `group:artifact:extension[:classifier]:version`. */
  coordinates: z.string().regex(/^[\w.-]+:[\w.-]+:jar(:[\w.-]+)?:[\w.-]+$/),
  file: z.string().regex(/^[\w.-]+\.jar$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const releaseSchema = z.object({
  /** The Java releases that the server runs on, the preferred one first. */
  java: z.array(z.int()).min(1),
  artifacts: z.array(artifactSchema).min(1),
});

export const lockSchema = z.object({ releases: z.record(z.string(), releaseSchema) });

/** @typedef {z.infer<typeof artifactSchema>} Artifact */
/** @typedef {z.infer<typeof releaseSchema>} Release */

/**
 * The locked parts of one Cassandra release.
 * @param {string} [version]
 * @param {string} [path]
 * @returns {Release}
 * @throws {Error} when the lock does not parse or has no such release
 */
export function lockedRelease(version = DEFAULT_VERSION, path = LOCK_PATH) {
  const { releases } = lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const release = releases[version];
  if (release === undefined) {
    throw new Error(`Cassandra ${version} is not in jars.lock.json, which has ${Object.keys(releases).join(', ')}`);
  }
  return release;
}

/** @returns {string[]} the releases that can be started from jars, oldest first */
export function lockedVersions() {
  const { releases } = lockSchema.parse(JSON.parse(readFileSync(LOCK_PATH, 'utf8')));
  return Object.keys(releases).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
