import { useCallback, useEffect, useRef, useState } from 'react';
import { removeUpload, uploadFile } from '@/lib/client/load';
import type { Upload } from '@/lib/contract/load';

export interface Uploading {
  readonly file: File;
  /** Null until the server knows of it. */
  readonly upload: Upload | null;
  /** Why it stopped; what has arrived stays, and it goes on from there. */
  readonly error: unknown;
  readonly isSending: boolean;
}

/** One file on its way to the server. @param onDone it has arrived whole */
export function useUpload(cluster: string, onDone: (upload: Upload) => void) {
  const [uploading, setUploading] = useState<Uploading | null>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const send = useCallback(
    async (file: File, from: Upload | null) => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      const { signal } = mine;
      let latest = from;
      const show = (change: Partial<Uploading>) =>
        !signal.aborted && setUploading({ file, upload: latest, error: null, isSending: true, ...change });
      show({});
      const note = (upload: Upload) => {
        latest = upload;
        show({});
      };
      try {
        const upload = await uploadFile(cluster, file, from, note, signal);
        show({ isSending: false });
        if (!signal.aborted) onDone(upload);
      } catch (error) {
        show({ isSending: false, error });
      }
    },
    [cluster, onDone],
  );
  const drop = useCallback(() => {
    abort.current?.abort();
    const id = uploading?.upload?.id;
    setUploading(null);
    // The server removes it after a day in any case.
    if (id !== undefined) removeUpload(cluster, id).catch(() => undefined);
  }, [cluster, uploading]);
  return { uploading, send, drop };
}
