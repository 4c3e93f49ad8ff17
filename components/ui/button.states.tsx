import { Play } from 'lucide-react';
import { Button } from './button';
import { CopyButton } from './copy-button';
import type { SharedPart } from './states';

const play = <Play size={12} aria-hidden="true" />;

export const buttonStates: SharedPart = {
  name: 'button',
  states: {
    primary: { draw: () => <Button variant="primary">Run</Button>, shows: [['button', 'Run']] },
    secondary: { draw: () => <Button>Cancel</Button>, shows: [['button', 'Cancel']] },
    ghost: { draw: () => <Button variant="ghost">Why?</Button>, shows: [['button', 'Why?']] },
    danger: { draw: () => <Button variant="danger">Delete</Button>, shows: [['button', 'Delete']] },
    'small with an icon': {
      draw: () => (
        <Button size="sm" icon={play}>
          Resume
        </Button>
      ),
      shows: [['button', 'Resume']],
    },
    busy: { draw: () => <Button busy>Testing</Button>, shows: [['button', 'Testing']] },
    disabled: { draw: () => <Button disabled>Run</Button>, shows: [['button', 'Run']] },
    copy: { draw: () => <CopyButton text="SELECT" label="Copy CQL" />, shows: [['button', 'Copy CQL'], ['status']] },
  },
};
