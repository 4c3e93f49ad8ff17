import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';

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
  children: ReactNode;
}

/** Asks before something is written. Enter agrees, also in the field for a name. */
export function WriteDialog(props: WriteDialogProps) {
  const { title, description, action, isDestructive, agreed, onAgree, onRefuse, children } = props;
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
          <Button onClick={onRefuse}>Cancel</Button>
          <Button
            variant={isDestructive ? 'danger' : 'primary'}
            disabled={!agreed}
            autoFocus={!isDestructive}
            onClick={onAgree}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (agreed) onAgree();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}

interface TypedNameProps {
  name: string;
  typed: string;
  onType: (typed: string) => void;
}

/** Where the name of what goes is typed; to be copied where it is hard to type. */
export function TypedName({ name, typed, onType }: TypedNameProps) {
  return (
    <>
      <Field
        label={
          <>
            Type{' '}
            <code className="text-ink">
              <Shown text={name} as="name" />
            </code>{' '}
            to confirm
          </>
        }
      >
        {(control) => (
          <Input {...control} mono autoFocus value={typed} onChange={({ target }) => onType(target.value)} />
        )}
      </Field>
      {!/^[!-~]*$/.test(name) && (
        <div className="flex items-center gap-2 text-muted text-xs">
          <p>This name has characters that are hard to type or look like others: copy and paste it.</p>
          <CopyButton text={name} label="Copy the name" variant="secondary">
            Copy
          </CopyButton>
        </div>
      )}
    </>
  );
}
