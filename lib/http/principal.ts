import 'server-only';
import { ANONYMOUS, type Principal } from '@/lib/contract/principal';

/** Decides who sent a request, and nothing else does. Until there is sign-in, everyone is the same principal. */
export function principalOf(_request: Request): Principal {
  return ANONYMOUS;
}
