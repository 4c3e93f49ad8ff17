import { formatBytes } from '@/lib/text/format';

/** The largest file that is opened into the editor. A browser keeps the editor's tabs in about 5 MB. */
const FILE_BYTES = 4 * 1024 * 1024;

/** The text of a file, or why it was not opened. */
export type OpenedFile =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text: null; readonly problem: string };

export async function openFile(file: File): Promise<OpenedFile> {
  if (file.size > FILE_BYTES) {
    const problem = `${file.name} has ${formatBytes(file.size)}; at most ${formatBytes(FILE_BYTES)} can be opened. Split it, or run it with cqlsh.`;
    return { text: null, problem };
  }
  try {
    const bytes = await file.arrayBuffer();
    // The editor has one kind of line end.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: text.replaceAll('\r\n', '\n') };
  } catch {
    // A file that cannot be read or that is no text has no other cause to show.
    return { text: null, problem: `${file.name} could not be read as UTF-8 text.` };
  }
}
