import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const processSchema = z.object({
  kind: z.literal('process'),
  /** 0 while it is not running. */
  pid: z.int().nonnegative(),
  command: z.string(),
  args: z.array(z.string()),
});
const containerSchema = z.object({ kind: z.literal('container'), name: z.string() });

const nodeSchema = z.object({
  /** Index in the ring, from 0. */
  index: z.int().nonnegative(),
  address: z.string(),
  dc: z.string(),
  rack: z.string(),
  jmxPort: z.int(),
  /** The server's log; a container's is written there on request. */
  logPath: z.string(),
  run: z.discriminatedUnion('kind', [processSchema, containerSchema]),
});

const ringSchema = z.object({
  engine: z.enum(['docker', 'jvm']),
  /** The process that started the ring and stops it. */
  owner: z.int(),
  /** Such as "5.0.9", or the image's name. */
  release: z.string(),
  /** CQL, the same on every node: a driver knows only one. */
  port: z.int(),
  storagePort: z.int(),
  /** Holds data, logs and this record. */
  directory: z.string(),
  /** The nodetool command line, without port and command; empty for containers, whose image includes it. */
  nodetool: z.array(z.string()),
  nodes: z.array(nodeSchema).min(1),
});

/** @typedef {z.infer<typeof nodeSchema>} NodeRecord */
/** @typedef {z.infer<typeof ringSchema>} RingRecord */

/**
 * The ring that a record describes. The record is the only source of truth about what runs: other processes (tests, the
 * watchdog, the next start) act on it.
 * @param {string} path
 * @returns {RingRecord}
 * @throws {Error} when it is missing or invalid
 */
export function readRing(path) {
  return ringSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * @param {string} path
 * @returns {RingRecord | undefined} undefined if it is missing or invalid
 */
export function readRingIfAny(path) {
  if (!existsSync(path)) return undefined;
  try {
    return readRing(path);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @param {RingRecord} ring
 */
export function writeRing(path, ring) {
  // Readers are other processes and must never see half a record.
  writeFileSync(`${path}.part`, `${JSON.stringify(ring, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}
