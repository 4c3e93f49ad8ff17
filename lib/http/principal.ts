import 'server-only';
import { ANONYMOUS, type Principal } from '@/lib/contract/principal';

/** Who sends a request: the one place that decides it. Until people sign in, everybody is the same principal. */
export function principalOf(_request: Request): Principal {
  return ANONYMOUS;
}
