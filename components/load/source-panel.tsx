import { FileUp, X } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import type { LoadFrom } from '@/lib/contract/load';
import { formatBytes } from '@/lib/text/format';
import { type Uploading, useUpload } from './use-upload';

const ServerFiles = lazy(() => import('./server-files').then((files) => ({ default: files.ServerFiles })));

interface SourcePanelProps {
  cluster: string;
  from: LoadFrom | null;
  onFrom: (from: LoadFrom | null) => void;
}

/** Where the rows come from: a file of this computer, or one that the server may read. */
export function SourcePanel({ cluster, from, onFrom }: SourcePanelProps) {
  const { uploading, send, drop } = useUpload(cluster, ({ id }) => onFrom({ upload: id }));
  const [isBrowsing, setBrowsing] = useState(false);
  if (uploading !== null) {
    return (
      <UploadLine
        {...uploading}
        onResume={() => void send(uploading.file, uploading.upload)}
        onDrop={() => {
          drop();
          onFrom(null);
        }}
      />
    );
  }
  if (from !== null) return <FromLine from={from} onDrop={() => onFrom(null)} />;
  return (
    <div className="space-y-3">
      <DropZone onFile={(file) => void send(file, null)} />
      {isBrowsing ? (
        <Later>
          <ServerFiles cluster={cluster} onPick={(path) => onFrom({ path })} />
        </Later>
      ) : (
        <Button size="sm" variant="ghost" onClick={() => setBrowsing(true)}>
          A file on the server…
        </Button>
      )}
    </div>
  );
}

function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  return (
    <label
      className={`flex cursor-pointer flex-col items-center gap-1 rounded-md border border-dashed px-4 py-8 text-center has-focus-visible:outline-2 ${
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-hover'
      }`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <FileUp size={24} aria-hidden="true" className="text-muted" />
      <span className="font-medium">Choose a file, or drop it here</span>
      <span className="text-muted text-xs">
        CSV, NDJSON, JSON, Parquet, or CQL as Ringside exports it; plain, gzip or zstd. Nothing is written yet.
      </span>
      <input type="file" className="sr-only" onChange={({ target }) => take(target.files)} />
    </label>
  );
}

interface UploadLineProps extends Uploading {
  onResume: () => void;
  onDrop: () => void;
}

/** A file on its way, or here. */
function UploadLine({ file, upload, error, isSending, onResume, onDrop }: UploadLineProps) {
  const received = upload?.received ?? 0;
  return (
    <div className="space-y-2">
      <div className="flex items-center gap-2 text-sm">
        <p className="min-w-0 flex-1 break-all">
          <span className="font-medium">
            <Shown text={file.name} as="name" />
          </span>{' '}
          <span className="text-muted text-xs tabular-nums" role="status">
            {received < file.size
              ? `${formatBytes(received)} of ${formatBytes(file.size)} uploaded`
              : `${formatBytes(file.size)}, uploaded`}
          </span>
        </p>
        <IconButton label="Another file" onClick={onDrop}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      {received < file.size && (
        <Progress label={`Upload of ${file.name}`} fraction={file.size === 0 ? 1 : received / file.size} />
      )}
      {error !== null && <ErrorState title="The upload stopped" {...errorText(error)} />}
      {error !== null && !isSending && (
        <Button size="sm" onClick={onResume}>
          Go on from {formatBytes(received)}
        </Button>
      )}
    </div>
  );
}

function FromLine({ from, onDrop }: { from: LoadFrom; onDrop: () => void }) {
  return (
    <div className="flex items-center gap-2 text-sm">
      <p className="min-w-0 flex-1 break-all">
        {'path' in from ? (
          <>
            On the server: <code className="text-xs">{<Shown text={from.path} as="text" />}</code>
          </>
        ) : 'job' in from ? (
          'The records that the load could not write'
        ) : (
          'An uploaded file'
        )}
      </p>
      <IconButton label="Another file" onClick={onDrop}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
