import { Play, Square } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { FocusPlace } from '@/components/ui/focus-place';
import { useKeysText } from '@/components/ui/kbd';
import type { Runnable } from '@/lib/workbench/runnable';
import { BLOCKED_ID } from './cost-line';

interface RunButtonProps {
  runnable: Pick<Runnable, 'blocked' | 'count'>;
  running: boolean;
  onRun: () => void;
  onStop: () => void;
}

/** Runs, and while something runs, stops. Two buttons: a press on Stop as the statement ends must not run it again. */
export function RunButton(props: RunButtonProps) {
  return <FocusPlace>{props.running ? <Stop {...props} /> : <Run {...props} />}</FocusPlace>;
}

function Stop({ onStop }: RunButtonProps) {
  return (
    <Button variant="danger" icon={<Square size={12} aria-hidden="true" />} onClick={onStop}>
      Stop
    </Button>
  );
}

function Run({ runnable, onRun }: RunButtonProps) {
  const keys = useKeysText('run');
  return (
    <Button
      variant="primary"
      icon={<Play size={12} aria-hidden="true" />}
      disabled={runnable.blocked !== null}
      aria-describedby={BLOCKED_ID}
      aria-keyshortcuts="Control+Enter Meta+Enter"
      onClick={onRun}
    >
      {runnable.count > 1 ? `Run ${runnable.count}` : 'Run'} <span className="font-normal opacity-80">{keys}</span>
    </Button>
  );
}
