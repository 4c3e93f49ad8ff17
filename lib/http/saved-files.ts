import 'server-only';
import { Failure } from '@/lib/failure';
import { FILE_END, nameOf } from '@/lib/statements/names';
import { savedStatements } from '@/lib/statements/saved';
import { TAR_END, tarEntry } from '@/lib/statements/tar';
import { contentDisposition } from './file-stream';
import { NO_STORE } from './respond';
import { toStream } from './to-stream';

/** A saved statement's file as it is; all of them as one archive where no path is given. */
export async function savedFilesResponse(path: string | undefined): Promise<Response> {
  if (path === undefined) {
    const chunks = archive(await savedStatements().paths());
    return new Response(
      toStream(chunks, () => undefined),
      { headers: fileHeaders('statements.tar', 'application/x-tar') },
    );
  }
  const { bytes } = await savedStatements().file(path);
  return new Response(new Uint8Array(bytes), {
    headers: fileHeaders(nameOf(path) + FILE_END, 'text/plain; charset=utf-8'),
  });
}

/** File by file. One that goes, or becomes unreadable, meanwhile is left out. */
async function* archive(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) {
    const file = await savedStatements()
      .file(path)
      .catch((error: unknown) => {
        if (error instanceof Failure) return null;
        throw error;
      });
    if (file !== null) yield tarEntry(path + FILE_END, file.bytes, Math.floor(Date.parse(file.modifiedAt) / 1000));
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
