import 'server-only';
import { matchingEntries, searchAudit } from '@/lib/audit/search';
import { serverAudit } from '@/lib/audit/server-audit';
import type { AuditFilter, AuditRequest, AuditResponse } from '@/lib/contract/audit';
import { Failure } from '@/lib/failure';
import { noteInAudit } from './audit';
import { contentDisposition } from './file-stream';
import { NO_STORE } from './respond';
import { toStream } from './to-stream';

/** Of one response; a search that finds little looks through this much and says where to go on. */
const BOUNDS = { entries: 100, bytes: 64 * 1024 * 1024 };
/** Sent together. */
const CHUNK_CHARACTERS = 64 * 1024;

/** The newest lines that match. @throws Failure `invalid_request` when the place to search on from is gone */
export async function auditResponse(request: AuditRequest): Promise<AuditResponse> {
  const audit = serverAudit();
  if (audit === null) return { standing: null, entries: [], next: null };
  const found = await searchAudit(await audit.files(), request, BOUNDS);
  return { standing: audit.standing, ...found };
}

/** All lines that match, as a file. @throws Failure `not_found` where no file is written */
export async function auditFileResponse(filter: AuditFilter): Promise<Response> {
  const audit = serverAudit();
  if (audit === null || audit.file === null) {
    throw new Failure({
      code: 'not_found',
      message: 'No audit is kept in files here.',
      hint: 'audit.to in the configuration file says where it goes.',
      retryable: false,
    });
  }
  const chunks = linesOf(await audit.files(), filter);
  return new Response(
    toStream(chunks, () => undefined),
    {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': contentDisposition(`audit-${new Date().toISOString().slice(0, 10)}.ndjson`),
        'cache-control': NO_STORE,
      },
    },
  );
}

async function* linesOf(paths: readonly string[], filter: AuditFilter): AsyncGenerator<Uint8Array> {
  let [text, rows] = ['', 0];
  for await (const entry of matchingEntries(paths, filter)) {
    text += `${JSON.stringify(entry)}\n`;
    rows++;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  noteInAudit({ rows });
  yield Buffer.from(text);
}
