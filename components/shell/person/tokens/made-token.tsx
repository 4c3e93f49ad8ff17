import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { MadeApiToken } from '@/lib/contract/api-tokens';

/** A new token’s text, once. */
export function MadeToken({ token, text, onDone }: MadeApiToken & { onDone: () => void }) {
  return (
    <section aria-label={`The token ${token.name}`} className="flex flex-col gap-3">
      <Notice tone="warn" title="Copy it now: it is shown only once">
        Ringside keeps only its hash. Whoever has the token can do what it may do, as you, until it ends.
      </Notice>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-64 select-all break-all rounded border border-line bg-canvas p-2 font-mono text-xs">
          {text}
        </code>
        <CopyButton text={text} label="Copy the token" size="md" variant="primary">
          Copy
        </CopyButton>
      </div>
      <p className="text-muted text-sm">
        Programs send it as <code className="font-mono text-xs">Authorization: Bearer TOKEN</code>. For{' '}
        <code className="font-mono text-xs">ringside schedule</code>, put it into the environment as{' '}
        <code className="font-mono text-xs">RINGSIDE_TOKEN</code>, or into a file for{' '}
        <code className="font-mono text-xs">--token-file</code>.
      </p>
      <Button className="self-start" onClick={onDone}>
        I have copied it
      </Button>
    </section>
  );
}
