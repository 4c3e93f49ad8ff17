/** Browsers can hash only what is in memory as a whole. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The SHA-256 of a file as it is on disk, hex; null where it is too large or can no longer be read. */
export async function sha256Of(handle: Pick<FileSystemFileHandle, 'getFile'>): Promise<string | null> {
  try {
    const file = await handle.getFile();
    if (file.size > MOST_BYTES) return null;
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch (error) {
    // The file is complete all the same: it was moved, or memory is short. Without a hash nothing is claimed.
    if (error instanceof DOMException || error instanceof RangeError) return null;
    throw error;
  }
}
