import { CopyButton } from '@/components/ui/copy-button';

/** The file's hash, to compare with what arrived. */
export function Checksum({ sha256 }: { sha256: string }) {
  return (
    <p className="flex items-center gap-1 text-muted text-xs">
      SHA-256 <code className="min-w-0 break-all">{sha256}</code>
      <CopyButton text={sha256} label="Copy the SHA-256 hash" />
    </p>
  );
}
