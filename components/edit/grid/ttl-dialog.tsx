import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TtlField } from './ttl-field';

interface TtlDialogProps {
  /** What gets it: a column's name, or null for the row. */
  column: string | null;
  /** @throws with the reason why it is refused */
  onSubmit: (ttlSeconds: number) => void;
  onClose: () => void;
}

/** Asks when a value, or all values of a row, are to expire. */
export function TtlDialog({ column, onSubmit, onClose }: TtlDialogProps) {
  const id = useId();
  const [ttl, setTtl] = useState<number | null | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (ttl == null) return;
    try {
      onSubmit(ttl);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const what = column === null ? 'The values of the row are' : `“${column}” is`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={column === null ? 'TTL of the row' : `TTL of ${column}`}
      description={`${what} written again as it is, with the TTL. Key columns have none.`}
      footer={
        <>
          <Button onClick={() => setTtlNever(onSubmit, setProblem)}>Never expires</Button>
          <Button type="submit" form={id} variant="primary" disabled={ttl == null}>
            Set TTL
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={onForm}>
        <TtlField label="Seconds until it expires" unset="nothing is set" onChange={setTtl} />
        {problem !== null && (
          <p role="alert" className="mt-2 text-danger text-sm">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function setTtlNever(submit: (ttlSeconds: number) => void, onProblem: (text: string) => void): void {
  try {
    submit(0);
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
  }
}
