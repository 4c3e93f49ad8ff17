import { CopyButton } from './copy-button';
import { Shown } from './shown';

/** A text to copy, with its title. */
export function CommandBlock({ title, copy, children }: { title: string; copy: string; children: string }) {
  return (
    <div>
      <div className="flex items-center justify-between">
        <p className="font-medium text-muted text-xs">{title}</p>
        <CopyButton text={children} label={copy} />
      </div>
      <pre className="whitespace-pre-wrap break-all rounded border border-line bg-canvas p-2 text-xs">
        <Shown text={children} as="text" />
      </pre>
    </div>
  );
}
