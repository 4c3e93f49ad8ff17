import 'server-only';
import { z } from 'zod';
import {
  MOST_STATEMENT_CHARACTERS,
  REQUEST_BYTES,
  SHOWN_ROW_BYTES,
  STATEMENT_CHARACTERS,
  WRITTEN_ROW_BYTES,
} from './contract/limits';

const MIB = 1024 * 1024;

/** The environment, validated once at startup; a message names the variable and its allowed values. */
const environmentSchema = z.object({
  RINGSIDE_CONFIG: z.string().optional().describe('path of the configuration file'),
  RINGSIDE_CLUSTERS: z.string().optional().describe('the clusters as JSON, instead of a file'),
  RINGSIDE_CONTACT_POINTS: z.string().optional().describe('one cluster without a file: nodes, separated by commas'),
  RINGSIDE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  RINGSIDE_LOCAL_DATACENTER: z.string().optional(),
  RINGSIDE_USERNAME: z.string().optional(),
  RINGSIDE_PASSWORD: z.string().optional(),
  RINGSIDE_TLS: z.stringbool().optional(),
  RINGSIDE_WRITES: z.stringbool().optional(),
  RINGSIDE_DATA_DIR: z.string().default('.ringside'),
  RINGSIDE_EXPORT_DIR: z.string().min(1).optional(),
  RINGSIDE_STATEMENTS_DIR: z.string().min(1).optional().describe('the folder of saved statements'),
  RINGSIDE_EXPORT_JOBS: z.coerce.number().int().min(1).max(32).default(2),
  RINGSIDE_MAX_REQUEST_BYTES: z.coerce
    .number()
    .int()
    .min(64 * 1024)
    .max(64 * MIB)
    .default(REQUEST_BYTES),
  RINGSIDE_MAX_STATEMENT_CHARACTERS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(MOST_STATEMENT_CHARACTERS)
    .default(STATEMENT_CHARACTERS),
  RINGSIDE_MAX_SHOWN_ROW_BYTES: z.coerce
    .number()
    .int()
    .min(MIB)
    .max(256 * MIB)
    .default(SHOWN_ROW_BYTES),
  RINGSIDE_MAX_WRITTEN_ROW_BYTES: z.coerce
    .number()
    .int()
    .min(MIB)
    .max(256 * MIB)
    .default(WRITTEN_ROW_BYTES),
  RINGSIDE_LOG: z.enum(['text', 'json']).default('text').describe('how the server logs'),
  RINGSIDE_OWN_CASSANDRA: z.string().optional().describe('set by npm start: the folder for the state of its Cassandra'),
  RINGSIDE_MAVEN_REPOSITORY: z
    .url()
    .optional()
    .describe('the base URL of a Maven repository, instead of Maven Central'),
  RINGSIDE_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
});
export type Environment = z.infer<typeof environmentSchema>;

/** What is wrong with the configuration and where, one line per fault. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads Ringside's variables.
 * @throws ConfigurationError naming each invalid variable
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const parsed = environmentSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(describeIssues('The environment', parsed.error));
}

/** A zod error as lines that name the key: `clusters[0].port: …`. */
export function describeIssues(where: string, error: z.core.$ZodError): string {
  return error.issues.map(({ path, message }) => `${where}: ${keyOf(path)}${message}`).join('\n');
}

function keyOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const key = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${key.replace(/^\./, '')}: `;
}
