import 'server-only';
import { NO_STORE } from './respond';

/**
 * Answers HEAD for every route that answers GET. The framework would run the route's GET and never read its body, which
 * would leave whatever that opened (an export's slot, a file) open forever.
 */
export function HEAD(): Response {
  return new Response(null, { headers: { 'cache-control': NO_STORE } });
}
