'use client';

import { SlidersHorizontal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { DEFAULT_TIMEOUT_MS, serialConsistencySchema } from '@/lib/contract/common';
import type { Classification } from '@/lib/contract/statements';
import { requestWords, timeoutText } from '@/lib/workbench/request-words';
import type { RunOptions } from './use-run-options';

const SERIAL_LEVELS = serialConsistencySchema.options;

const TIMEOUTS_MS = [500, 1_000, 5_000, 30_000, 60_000, 300_000, 600_000];

interface ChoicesProps {
  options: RunOptions;
  onOptions: (change: Partial<RunOptions>) => void;
}

interface RequestOptionsProps extends ChoicesProps {
  /** Of the statement at the cursor; null: there is none. */
  classification: Classification | null;
}

/** Choices for the next run that are rarely changed; what of them matters for this statement stands on the button. */
export default function RequestOptions({ classification, ...choices }: RequestOptionsProps) {
  const words = requestWords(choices.options, classification);
  return (
    <Popover
      label="Serial consistency and timeout"
      side="top"
      trigger={
        <Button
          size="sm"
          variant="ghost"
          icon={<SlidersHorizontal size={12} aria-hidden="true" />}
          title="Serial consistency and timeout"
        >
          {words === '' ? 'More' : words}
        </Button>
      }
    >
      <Choices {...choices} />
    </Popover>
  );
}

/** The level of a Paxos round, and how long to wait. */
function Choices({ options, onOptions }: ChoicesProps) {
  const { serialConsistency = null, timeoutMs = null } = options;
  const times = timeoutMs === null || TIMEOUTS_MS.includes(timeoutMs) ? TIMEOUTS_MS : [timeoutMs, ...TIMEOUTS_MS];
  return (
    <div className="w-72 max-w-full space-y-3">
      <Field
        label="Serial consistency"
        hint="For the Paxos round of conditional writes (IF …) only. LOCAL_SERIAL stays in one datacenter; do not use both on the same rows. To read at SERIAL, choose it as the consistency level."
      >
        {(control) => (
          <Select
            {...control}
            value={serialConsistency ?? ''}
            onChange={({ target }) =>
              onOptions({ serialConsistency: SERIAL_LEVELS.find((level) => level === target.value) ?? null })
            }
          >
            <option value="">SERIAL (default)</option>
            {SERIAL_LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Timeout"
        hint="How long Ringside waits for each response. Cassandra has its own timeouts, which this does not change. After a timeout Ringside does not know whether a write was applied."
      >
        {(control) => (
          <Select
            {...control}
            value={timeoutMs ?? ''}
            onChange={({ target }) => onOptions({ timeoutMs: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">{timeoutText(DEFAULT_TIMEOUT_MS)} (default)</option>
            {times.map((ms) => (
              <option key={ms} value={ms}>
                {timeoutText(ms)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
