import type { NodeLook } from './appearance';
import { colourFill, patternFill } from './ring-patterns';

/** A node's colour and rack pattern beside its name, as on the ring. */
export function Swatch({ look }: { look: NodeLook | undefined }) {
  if (look === undefined) return null;
  const pattern = patternFill(look.pattern);
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" className="shrink-0" aria-hidden="true" focusable="false">
      <rect width="14" height="14" rx="3" fill={colourFill(look.colour)} />
      {pattern !== undefined && <rect width="14" height="14" rx="3" fill={pattern} />}
    </svg>
  );
}

/** A node's address with its swatch. */
export function NodeName({ address, look }: { address: string; look: NodeLook | undefined }) {
  return (
    <span className="flex items-center gap-1.5">
      <Swatch look={look} />
      <span className="font-mono text-xs">{address}</span>
    </span>
  );
}
