import { randomUUID } from 'node:crypto';

/** The form of an id that is taken over: anything else could forge log lines, or be far too long for them. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * The id under which the log and the page know a request.
 * @param {string | readonly string[] | undefined} given the request's own header
 * @param {boolean} isFromProxy whether a trusted proxy sent it: nobody else may choose an id
 * @returns {string}
 */
export function requestIdOf(given, isFromProxy) {
  return isFromProxy && typeof given === 'string' && FORM.test(given) ? given : randomUUID();
}
