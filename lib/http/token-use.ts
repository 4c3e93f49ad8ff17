import 'server-only';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';

/**
 * Whether a request may come with the API token that it came with: the one check of every endpoint, before its handler.
 * @throws Failure `forbidden`
 */
export function checkToken({ tokens }: Pick<Endpoint, 'tokens'>, { token, asker }: Principal): void {
  if (token === undefined || tokens === undefined) return;
  if (tokens === 'never') {
    throw forbidden('an API token cannot be used for it.', 'Sign in with a browser, where a person does it.');
  }
  if (asker?.narrowed?.readOnly === true) {
    throw forbidden(`the API token ${token.name} is read-only.`, 'Use another one, or do it in a browser.');
  }
}

function forbidden(message: string, hint: string): Failure {
  return new Failure({ code: 'forbidden', message: `You may not do this: ${message}`, hint, retryable: false });
}
