import 'server-only';
import type { Principal } from '@/lib/contract/principal';
import { isPrivatePath, plainPath } from '@/lib/contract/private-path';
import { Failure } from '@/lib/failure';
import { FILE_END, nameOf } from '@/lib/statements/names';
import { savedStatements } from '@/lib/statements/saved';
import type { SeenStatements } from '@/lib/statements/seen-statements';
import { TAR_END, tarEntry } from '@/lib/statements/tar';
import { contentDisposition } from './file-stream';
import { NO_STORE } from './respond';
import { toStream } from './to-stream';

/** In an archive: no shared folder has such a name, because it begins with a dot. */
const PRIVATE_FOLDER = '.private/';

/** A saved statement's file as it is; all that a principal sees as one archive where no path is given. */
export async function savedFilesResponse(principal: Principal, path: string | undefined): Promise<Response> {
  const seen = savedStatements(principal);
  if (path === undefined) {
    const chunks = archive(seen, await seen.paths());
    return new Response(
      toStream(chunks, () => undefined),
      { headers: fileHeaders('statements.tar', 'application/x-tar') },
    );
  }
  const { bytes } = await seen.file(path);
  return new Response(new Uint8Array(bytes), {
    headers: fileHeaders(nameOf(path) + FILE_END, 'text/plain; charset=utf-8'),
  });
}

/** File by file. One that goes, or becomes unreadable, meanwhile is left out. */
async function* archive(seen: SeenStatements, paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) {
    const file = await seen.file(path).catch((error: unknown) => {
      if (error instanceof Failure) return null;
      throw error;
    });
    const name = (isPrivatePath(path) ? PRIVATE_FOLDER : '') + plainPath(path) + FILE_END;
    if (file !== null) yield tarEntry(name, file.bytes, Math.floor(Date.parse(file.modifiedAt) / 1000));
  }
  yield TAR_END;
}

function fileHeaders(name: string, contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-disposition': contentDisposition(name),
    'cache-control': NO_STORE,
  };
}
