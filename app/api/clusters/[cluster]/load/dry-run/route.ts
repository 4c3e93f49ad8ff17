import * as endpoints from '@/lib/contract/endpoints';
import { linesResponse } from '@/lib/http/lines';
import { dryRunLines } from '@/lib/http/loads';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.loadDryRun.post, async ({ cluster, input, principal, rights, signal }) => {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const lines = await dryRunLines(cluster, input, { principal, rights, signal: stop });
  return linesResponse(lines, (reason) => left.abort(reason));
});
