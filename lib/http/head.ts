import 'server-only';
import { NO_STORE } from './respond';

/**
 * Answers HEAD for every route that answers GET. The framework would run the route's own GET and never take its body, so
 * that what that has opened (an export's place, a file) stayed open for ever.
 */
export function HEAD(): Response {
  return new Response(null, { headers: { 'cache-control': NO_STORE } });
}
