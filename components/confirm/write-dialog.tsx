import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

interface WriteDialogProps {
  title: string;
  description: string;
  /** On the button that runs it. */
  action: string;
  /** Something is dropped or emptied: its name is typed first. */
  isDestructive: boolean;
  /** All that must be typed is. */
  agreed: boolean;
  onAgree: () => void;
  onRefuse: () => void;
  /** Instead of running it, where a second person is needed: asks for approval. */
  second?: ReactNode;
  children: ReactNode;
}

/** Asks before something is written. Enter agrees, also in the field for a name. */
export function WriteDialog(props: WriteDialogProps) {
  const { title, description, action, isDestructive, agreed, onAgree, onRefuse, second, children } = props;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open) onRefuse();
      }}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onRefuse}>{second === undefined ? 'Cancel' : 'Close'}</Button>
          {second === undefined && (
            <Button
              variant={isDestructive ? 'danger' : 'primary'}
              disabled={!agreed}
              autoFocus={!isDestructive}
              onClick={onAgree}
            >
              {action}
            </Button>
          )}
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (agreed && second === undefined) onAgree();
        }}
      >
        {children}
        {second}
      </form>
    </Dialog>
  );
}
