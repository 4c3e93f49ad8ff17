import { ChevronDown, ChevronUp } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { formatCount } from '@/lib/text/format';
import { MOST_FOUND } from './search';

interface FindBoxProps {
  input: RefObject<HTMLInputElement | null>;
  needle: string;
  /** Which of those found is in front. */
  front: number;
  count: number;
  onNeedle: (needle: string) => void;
  onStep: (by: 1 | -1) => void;
}

/** Finds within the value that is shown. */
export function FindBox({ input, needle, front, count, onNeedle, onStep }: FindBoxProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = isPressed('inspectorNext', event) ? 1 : isPressed('inspectorPrevious', event) ? -1 : null;
    if (step !== null) {
      event.preventDefault();
      onStep(step);
    }
    if (isPressed('inspectorClose', event) && needle !== '') {
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
      onNeedle('');
    }
  };
  return (
    <search className="flex h-6 min-w-0 flex-1 items-center gap-1">
      <input
        ref={input}
        type="search"
        aria-label="Find in the value"
        placeholder="Find in the value"
        value={needle}
        onChange={({ target }) => onNeedle(target.value)}
        onKeyDown={onKeyDown}
        spellCheck={false}
        className="h-6 min-w-0 flex-1 rounded border border-line-strong bg-surface px-1.5 text-xs"
      />
      <span role="status" className="shrink-0 text-faint text-xs tabular-nums">
        {needle !== '' &&
          (count === 0
            ? 'none'
            : `${formatCount(front + 1)} of ${formatCount(count)}${count === MOST_FOUND ? '+' : ''}`)}
      </span>
      <IconButton
        label="Previous place"
        keys="inspectorPrevious"
        size="sm"
        disabled={count === 0}
        onClick={() => onStep(-1)}
      >
        <ChevronUp size={12} aria-hidden="true" />
      </IconButton>
      <IconButton label="Next place" keys="inspectorNext" size="sm" disabled={count === 0} onClick={() => onStep(1)}>
        <ChevronDown size={12} aria-hidden="true" />
      </IconButton>
    </search>
  );
}
