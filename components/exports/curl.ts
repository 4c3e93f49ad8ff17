import { apiPath } from '@/lib/client/paths';
import type { ExportRequest } from '@/lib/contract/reads';

/** A word of a POSIX shell that means exactly `text`: `it's` → `'it'\''s'`. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that writes the same file. `--fail` makes curl's exit status tell of a refusal; a transfer that breaks
 * is an error for curl by itself.
 */
export function curlCommand(origin: string, cluster: string, request: ExportRequest, fileName: string): string {
  const { id: _id, ...body } = request;
  return [
    `curl --fail --output ${shellQuote(fileName)}`,
    `  --header ${shellQuote('content-type: application/json')}`,
    `  --data-raw ${shellQuote(JSON.stringify(body))}`,
    `  ${shellQuote(`${origin}${apiPath.export(cluster)}`)}`,
  ].join(' \\\n');
}
