import { addressOf } from '@/lib/contract/endpoint';
import { download, jobStart } from '@/lib/contract/endpoints/exports';
import { jsonText } from '@/lib/contract/json';
import type { ExportRequest } from '@/lib/contract/reads';
import { shellQuote } from './shell-words';

/**
 * The command that writes the same file. `--fail` makes curl exit with an error when the request is refused; a transfer
 * that breaks is an error to curl anyway.
 */
export function curlCommand(origin: string, cluster: string, request: ExportRequest, fileName: string): string {
  return curl([`--output ${shellQuote(fileName)}`], request, origin + addressOf(download.post, { cluster }));
}

/** The command that starts the same job on the server; it answers at once with the job. */
export function curlJobCommand(origin: string, cluster: string, request: ExportRequest): string {
  return curl([], request, origin + addressOf(jobStart.post, { cluster }));
}

function curl(options: readonly string[], { id: _id, ...body }: ExportRequest, url: string): string {
  return [
    ['curl --fail', ...options].join(' '),
    `  --header ${shellQuote('content-type: application/json')}`,
    `  --header ${shellQuote('x-ringside: 1')}`,
    `  --data-raw ${shellQuote(jsonText(body))}`,
    `  ${shellQuote(url)}`,
  ].join(' \\\n');
}
