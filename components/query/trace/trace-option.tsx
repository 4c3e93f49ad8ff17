import { Checkbox } from '@/components/ui/input';

const COST_ID = 'trace-cost';

/** Switches tracing on for the next runs, and says what it costs for as long as it is on. */
export function TraceOption({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <>
      <Checkbox
        className="text-xs"
        checked={checked}
        aria-describedby={checked ? COST_ID : undefined}
        onChange={({ target }) => onChange(target.checked)}
      >
        Trace
      </Checkbox>
      {checked && (
        <span id={COST_ID} className="order-last basis-full text-warn text-xs">
          Slower: each request also writes its trace to system_traces, on two nodes. Switch it off afterwards.
        </span>
      )}
    </>
  );
}
