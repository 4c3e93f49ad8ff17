import { useEffect, useState } from 'react';
import { blobBytes } from '@/lib/values/hex';

/** A blob that is a picture, as one; nothing of it leaves the page. */
export function ImageView({ text, type }: { text: string; type: string }) {
  const [url, setUrl] = useState<string>();
  const [size, setSize] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blobBytes(text)], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text, type]);
  return (
    <div className="thin-scrollbar min-h-0 flex-1 overflow-auto p-3">
      {url !== undefined && (
        <picture>
          <img
            src={url}
            alt="What the bytes show"
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize(`${naturalWidth} × ${naturalHeight}`)
            }
            onError={() => setSize('not a picture that this browser can show')}
            className="max-w-full border border-line bg-canvas"
          />
        </picture>
      )}
      <p role="status" className="mt-2 text-faint text-xs">
        {type}
        {size !== undefined && ` · ${size}`}
      </p>
    </div>
  );
}
