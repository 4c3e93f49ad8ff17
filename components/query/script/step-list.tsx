import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';

interface StepListProps {
  label: string;
  count: number;
  line: (index: number) => ReactNode;
  className?: string;
  chosen: number;
  onChoose: (index: number) => void;
}

const LINE_PX = 28;
const PAGE_LINES = 10;

/** Any number of statements, one line each, of which only those in view are in the page. Arrow keys choose among them. */
export function StepList({ label, count, line, className, chosen, onChoose }: StepListProps) {
  const element = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => LINE_PX,
    overscan: 8,
  });
  useEffect(() => {
    if (chosen >= 0) virtualizer.scrollToIndex(chosen, { align: 'auto' });
  }, [virtualizer, chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = lineForKey(event.key, chosen, count);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(next);
  };
  const onClick = ({ target }: MouseEvent) => {
    const place = target instanceof Element ? target.closest<HTMLElement>('[data-line]')?.dataset.line : undefined;
    if (place !== undefined) onChoose(Number(place));
  };
  const lines = virtualizer.getVirtualItems();
  // Until it is scrolled to, the line is not in the page.
  const isDrawn = lines.some(({ index }) => index === chosen);
  return (
    <div
      ref={element}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isDrawn ? `${id}-${chosen}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className={clsx('thin-scrollbar min-h-0 overflow-auto focus-visible:outline-offset-[-2px]', className)}
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {lines.map(({ index, start }) => (
          <Option key={index} id={`${id}-${index}`} {...{ index, start, count }} isChosen={index === chosen}>
            {line(index)}
          </Option>
        ))}
      </div>
    </div>
  );
}

interface OptionProps {
  id: string;
  index: number;
  start: number;
  count: number;
  isChosen: boolean;
  children: ReactNode;
}

function Option({ id, index, start, count, isChosen, children }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      data-line={index}
      aria-setsize={count}
      aria-posinset={index + 1}
      aria-selected={isChosen}
      className={clsx(
        'absolute inset-x-0 flex cursor-pointer items-center gap-2 px-3 text-xs hover:bg-hover',
        isChosen && 'bg-accent-soft',
      )}
      style={{ top: start, height: LINE_PX }}
    >
      {children}
    </div>
  );
}

function lineForKey(key: string, chosen: number, count: number): number | undefined {
  const to = (index: number) => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return to(chosen + 1);
    case 'ArrowUp':
      return to(chosen - 1);
    case 'PageDown':
      return to(chosen + PAGE_LINES);
    case 'PageUp':
      return to(chosen - PAGE_LINES);
    case 'Home':
      return to(0);
    case 'End':
      return to(count - 1);
    default:
      return undefined;
  }
}
