import 'server-only';
import { Failure } from '@/lib/failure';
import { MappingError } from '@/lib/transform/row-binder';
import { SourceError } from './records';

/** A file or a mapping that cannot be used, as a failure; anything else comes back as it is. */
export function sourceFailure(error: unknown, name?: string): unknown {
  if (error instanceof MappingError) {
    const hint = 'Change the mapping.';
    return new Failure({ code: 'invalid_request', message: error.message, hint, retryable: false }, { cause: error });
  }
  if (!(error instanceof SourceError)) return error;
  const place = [
    name,
    error.line === null ? null : `line ${error.line}`,
    error.column === null ? null : `character ${error.column}`,
  ];
  const where = place.filter((part) => part != null).join(', ');
  const message = where === '' ? error.message : `${where}: ${error.message}`;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new Failure({ code: 'invalid_request', message, ...hint, retryable: false }, { cause: error });
}
