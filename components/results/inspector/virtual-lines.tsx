import { useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';

interface VirtualLinesProps extends Omit<ComponentProps<'div'>, 'children'> {
  count: number;
  linePx: number;
  /** The line to have in view; null: wherever it is scrolled to. */
  shownLine: number | null;
  line: (index: number) => ReactNode;
}

/** Any number of lines of one height, of which only those in view are in the page. */
export function VirtualLines({ count, linePx, shownLine, line, ...props }: VirtualLinesProps) {
  const element = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => linePx,
    overscan: 10,
  });
  useEffect(() => {
    if (shownLine !== null) virtualizer.scrollToIndex(shownLine, { align: 'auto' });
  }, [virtualizer, shownLine]);
  return (
    <div ref={element} {...props} className="thin-scrollbar min-h-0 flex-1 overflow-auto px-3 py-2">
      <div
        role="presentation"
        className="relative min-w-max font-mono text-xs"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="presentation"
            className="absolute inset-x-0 select-text whitespace-pre"
            style={{ top: start, height: linePx, lineHeight: `${linePx}px` }}
          >
            {line(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
