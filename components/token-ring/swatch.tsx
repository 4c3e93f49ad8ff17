import type { NodeLook } from './appearance';
import { colourFill, patternFill } from './ring-patterns';

/** A node's colour and rack pattern beside its name, as on the ring: outlined in red when it is down. */
export function Swatch({ look, down = false }: { look: NodeLook | undefined; down?: boolean }) {
  if (look === undefined) return null;
  const pattern = patternFill(look.pattern);
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" className="shrink-0" aria-hidden="true" focusable="false">
      <g opacity={down ? 0.35 : 1}>
        <rect width="14" height="14" rx="3" fill={colourFill(look.colour)} />
        {pattern !== undefined && <rect width="14" height="14" rx="3" fill={pattern} />}
      </g>
      {down && <rect x="1" y="1" width="12" height="12" rx="2" fill="none" stroke="var(--danger)" strokeWidth="2" />}
    </svg>
  );
}

type NodeNameProps = { address: string; look: NodeLook | undefined; down?: boolean };

/** A node's address with its swatch. What is beside it says in words that a node is down: the outline is colour alone. */
export function NodeName({ address, look, down = false }: NodeNameProps) {
  return (
    <span className="flex items-center gap-1.5">
      <Swatch look={look} down={down} />
      <span className="font-mono text-xs">{address}</span>
    </span>
  );
}
