import clsx from 'clsx';
import { Play, Square } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { FocusPlace } from '@/components/ui/focus-place';
import { Popover } from '@/components/ui/popover';
import { shown } from '@/components/ui/shown';
import { errorDetail } from '@/lib/client/error-detail';
import type { ApiError } from '@/lib/contract/errors';
import { canGoOn } from '@/lib/contract/going-on';
import type { ReadState } from '@/lib/reader/read-state';
import type { FetchBarProps } from './fetch-bar-props';
import { lastWord } from './last-word';

export function LastWord({ reading }: { reading: ReadState }) {
  const { phase, error, disconnected } = reading;
  return (
    <span
      role="status"
      className={clsx(
        'line-clamp-2 min-w-0 shrink-[3] whitespace-normal text-right font-medium @max-xl:w-29 @xl:max-w-[50vw]',
        TONES[disconnected ? 'failed' : phase],
      )}
      title={error?.message}
    >
      {lastWord(reading)}
    </span>
  );
}

const TONES: Record<ReadState['phase'], string> = {
  idle: 'text-muted',
  reading: 'text-accent',
  paused: 'text-ink',
  complete: 'text-ok',
  stopped: 'text-warn',
  failed: 'text-danger',
};

/** What can be done about the read now. */
export function Actions(props: FetchBarProps) {
  return (
    <FocusPlace>
      <ActionsNow {...props} />
    </FocusPlace>
  );
}

/**
 * Each action has a button with a key, so that a button never comes to mean another action while it is pressed: reads begin
 * and end by themselves.
 */
function ActionsNow({ reading, repeatable, onReadOn, onStop, onResume, onRestart }: FetchBarProps) {
  const stop = <Square size={12} aria-hidden="true" fill="currentColor" />;
  const play = <Play size={12} aria-hidden="true" />;
  switch (reading.phase) {
    case 'idle':
    case 'reading':
      return (
        <Button key="stop" size="sm" icon={stop} onClick={onStop}>
          Stop
        </Button>
      );
    case 'paused':
      return (
        <Button
          key="on"
          size="sm"
          icon={play}
          onClick={onReadOn}
          title={reading.more.below ? 'Read all rows down to the end' : 'Read all rows up to the beginning'}
        >
          Read on
        </Button>
      );
    case 'stopped':
      return repeatable ? (
        <Button key="resume" size="sm" icon={play} onClick={onResume}>
          Resume
        </Button>
      ) : null;
    case 'failed':
      // Before the first page the error takes the place of the rows, with its own button.
      if (reading.header === null) return null;
      return (
        <>
          {reading.error !== null && <Why error={reading.error} />}
          {!canGoOn(reading.error) && onRestart !== undefined && (
            <Button size="sm" onClick={onRestart}>
              Start again
            </Button>
          )}
          {repeatable && canGoOn(reading.error) && (
            <Button size="sm" icon={play} onClick={onResume}>
              Resume
            </Button>
          )}
        </>
      );
    case 'complete':
      return null;
    default:
      return reading.phase satisfies never;
  }
}

function Why({ error }: { error: ApiError }) {
  const detail = errorDetail(error);
  const trigger = (
    <Button size="sm" variant="ghost">
      Why?
    </Button>
  );
  return (
    <Popover label="Why the read failed" side="top" align="end" trigger={trigger} className="max-w-md">
      <div className="whitespace-normal">
        <p className="font-medium">{shown(error.message)}</p>
        {error.hint !== undefined && <p className="text-muted">{shown(error.hint)}</p>}
        {detail !== undefined && (
          <pre className="mt-2 max-h-60 overflow-auto whitespace-pre-wrap break-words text-muted text-xs">
            {shown(detail)}
          </pre>
        )}
      </div>
    </Popover>
  );
}
