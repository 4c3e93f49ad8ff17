import 'server-only';
import * as z from 'zod/mini';
import type { InputForm, SearchForm } from '@/lib/contract/endpoint';
import { isDeeperThan } from '@/lib/contract/json';
import { JSON_DEPTH, LISTED_FAULTS, URL_JSON_CHARACTERS } from '@/lib/contract/limits';
import { Failure } from '@/lib/failure';
import { limits } from '@/lib/limits';

// The contract's schemas have no messages unless a locale is set; the browser shows none, so only the server sets one.
z.config(z.locales.en());

/**
 * Parses a request's input, from the body or the address as its endpoint says.
 * @throws Failure `invalid_request` that names each field at fault
 */
export async function readInput(form: InputForm, request: Request): Promise<unknown> {
  if (form.in === 'body') return readBody(form.schema, request);
  const { searchParams } = new URL(request.url);
  if (form.in === 'search') return parseInput(form.schema, fieldsOf(searchParams, form.forms ?? {}));
  return parseInput(form.schema, form.in === 'parameter' ? jsonParameter(searchParams, form.name) : undefined);
}

/** The fields of a query string, each in its form. */
function fieldsOf(search: URLSearchParams, forms: Readonly<Record<string, SearchForm>>): Record<string, unknown> {
  const fields = Object.entries(forms).flatMap(([name, form]) => {
    const value = fieldOf(search, name, form);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(search), ...Object.fromEntries(fields) };
}

function fieldOf(search: URLSearchParams, name: string, form: SearchForm): unknown {
  if (form === 'json') return jsonParameter(search, name);
  const text = search.getAll(name).at(-1);
  if (text === undefined) return undefined;
  if (form === 'flag') return text === 'true';
  // An empty number stays text, so that its schema reports it.
  return text === '' ? text : Number(text);
}

/** @throws Failure `invalid_request` that names each field at fault */
export async function readBody<Out>(schema: z.core.$ZodType<Out>, request: Request): Promise<Out> {
  return parseInput(schema, parseOutside('The request body', await readText(request)));
}

/** JSON from outside. Deep nesting is refused by its text alone, before anything recursive sees it. */
function parseOutside(what: string, text: string): unknown {
  if (isDeeperThan(text, JSON_DEPTH)) throw badRequest(`${what} is JSON nested more than ${JSON_DEPTH} deep.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`${what} is not JSON.`, cause);
  }
}

/** The body, counted as it arrives: a request need not declare its length. */
async function readText(request: Request): Promise<string> {
  const { requestBytes } = limits();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > requestBytes) {
      // Cancel the rest, so that the client stops sending.
      await reader?.cancel();
      throw badRequest(
        `The request is larger than ${requestBytes} bytes.`,
        undefined,
        'Send less at a time, or raise RINGSIDE_MAX_REQUEST_BYTES on the server.',
      );
    }
    chunks.push(step.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws Failure `invalid_request` that names each field at fault */
export function parseInput<Out>(schema: z.core.$ZodType<Out>, value: unknown): Out {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const faults = issues
    .slice(0, LISTED_FAULTS)
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  const more = issues.length > faults.length ? `; and ${issues.length - faults.length} more` : '';
  throw badRequest(`The request is invalid: ${faults.join('; ')}${more}.`, parsed.error);
}

/** A query parameter with JSON; undefined if it is absent. */
export function jsonParameter(search: URLSearchParams, name: string): unknown {
  const text = search.get(name);
  if (text === null) return undefined;
  if (text.length > URL_JSON_CHARACTERS) {
    throw badRequest(
      `The parameter “${name}” is longer than ${URL_JSON_CHARACTERS} characters.`,
      undefined,
      'Send the request as a POST.',
    );
  }
  return parseOutside(`The parameter “${name}”`, text);
}

function badRequest(message: string, cause?: unknown, hint?: string): Failure {
  const error = {
    code: 'invalid_request',
    message,
    ...(hint === undefined ? {} : { hint }),
    retryable: false,
  } as const;
  return new Failure(error, { cause });
}
