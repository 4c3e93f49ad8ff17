import * as z from 'zod/mini';
import type { AnswerOf, CallOf, Endpoint } from '@/lib/contract/endpoint';
import type { ApiError } from '@/lib/contract/errors';
import { ApiFailure, contract, send, type ToEndpoint, UNREADABLE } from './http';

/**
 * The lines of an endpoint's NDJSON response as they arrive, each checked against its schema. Leaving the loop, or
 * aborting the signal, ends the request.
 * @throws ApiFailure when it is refused, cut off or malformed; an aborted signal throws its reason
 */
export function readLines<E extends LinesEndpoint>(
  pick: ToEndpoint<E>,
  given: CallOf<E>,
  signal: AbortSignal,
): AsyncGenerator<AnswerOf<E>, void, undefined>;
export async function* readLines(
  pick: ToEndpoint<LinesEndpoint>,
  given: CallOf<Endpoint>,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  const { schema } = pick((await contract()).endpoints).answer;
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of readBody(pick, given, { signal })) {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield parseLine(schema, line);
  }
}

type LinesEndpoint = Endpoint & { readonly answer: { readonly as: 'lines' } };

/**
 * The bytes of an endpoint's response as they arrive.
 * @throws ApiFailure as {@link readLines}
 */
export async function* readBody<E extends Endpoint>(
  pick: ToEndpoint<E>,
  given: CallOf<E>,
  options: { readonly signal: AbortSignal; readonly accept?: string },
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const response = await send(pick, given, options);
  if (response.body === null) throw new ApiFailure(UNREADABLE, response.status);
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await readOf(reader, options.signal);
      if (done) return;
      yield value;
    }
  } finally {
    // The failure has been reported; cancelling a broken stream only throws it again.
    await reader.cancel().catch(() => undefined);
  }
}

async function readOf(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new ApiFailure(CUT_OFF, 0, { cause });
  }
}

/** @throws ApiFailure `malformed_response` */
export function parseLine<T>(schema: z.core.$ZodType<T>, line: string): T {
  try {
    return z.parse(schema, JSON.parse(line));
  } catch (cause) {
    throw new ApiFailure({ ...UNREADABLE, detail: String(cause) }, 0, { cause });
  }
}

/** The connection ended before the response did. */
export const CUT_OFF: ApiError = {
  code: 'server_error',
  message: 'The connection to Ringside’s server was lost.',
  hint: 'Check that the server is still running and the network is up.',
  retryable: true,
};
