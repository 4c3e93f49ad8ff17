import { type FormEvent, useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { isTraceId, traceIdIn } from '@/lib/trace/ids';
import { TraceLoader } from './trace-loader';

interface TraceByIdProps {
  cluster: string;
  /** The trace in the address, perhaps damaged; null: there is none. */
  id: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** A trace from a colleague or a log: its id is typed or pasted, and stays in the address to be shared. */
export default function TraceById({ cluster, id, onOpen, onClose }: TraceByIdProps) {
  const kept = useMemo(
    () => (id === null || !isTraceId(id) ? null : { cluster, id, label: `trace ${id}`, returnedRows: null }),
    [cluster, id],
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Trace by id"
      description="Cassandra keeps traces for 24 hours. Reading them needs SELECT on system_traces."
    >
      <IdForm key={id} id={id} onOpen={onOpen} />
      {kept !== null && <TraceLoader key={kept.id} of={kept} />}
    </Dialog>
  );
}

function IdForm({ id, onOpen }: Pick<TraceByIdProps, 'id' | 'onOpen'>) {
  const fieldId = useId();
  const [text, setText] = useState(id ?? '');
  const [isWrong, setWrong] = useState(id !== null && !isTraceId(id));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = isTraceId(text.trim()) ? text.trim().toLowerCase() : traceIdIn(text);
    setWrong(found === null);
    if (found !== null) onOpen(found);
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
      <div className="min-w-64 flex-1 text-xs">
        <label htmlFor={fieldId} className="mb-1 block text-muted">
          Trace id, or a line that has one
        </label>
        <Input
          id={fieldId}
          mono
          autoFocus={id === null}
          value={text}
          placeholder="4f5c0d30-8a5e-11ef-9b1a-0242ac120002"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'trace-id-fault' : undefined}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <Button type="submit" variant="primary">
        Open
      </Button>
      {isWrong && (
        <p id="trace-id-fault" role="alert" className="w-full text-danger text-xs">
          There is no UUID in it. cqlsh prints one after “Tracing session:”.
        </p>
      )}
    </form>
  );
}
