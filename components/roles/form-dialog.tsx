import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { Dialog } from '@/components/ui/dialog';
import { hiddenPassword } from '@/lib/roles/statements';
import { type OnAct, review } from './acts';

interface FormDialogProps {
  title: string;
  description?: string;
  /** Null: something is missing yet. */
  statement: string | null;
  warnings?: readonly string[];
  onAct: OnAct;
  children: ReactNode;
}

/** Fields, and the statement that they make; it goes on to its review. */
export function FormDialog({ title, description, statement, warnings = [], onAct, children }: FormDialogProps) {
  const goOn = () => {
    if (statement !== null) onAct(review([statement], warnings));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onAct(null);
      }}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => onAct(null)}>Cancel</Button>
          <Button variant="primary" disabled={statement === null} onClick={goOn}>
            Review…
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        {children}
        {statement !== null && (
          <CommandBlock title="The statement" copy="Copy the statement without its password">
            {hiddenPassword(statement)}
          </CommandBlock>
        )}
      </form>
    </Dialog>
  );
}
