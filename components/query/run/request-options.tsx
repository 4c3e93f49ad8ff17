'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { DEFAULT_TIMEOUT_MS, serialConsistencySchema } from '@/lib/contract/common';
import { timeoutText } from '@/lib/workbench/request-words';
import type { RunOptions } from './use-run-options';

const SERIAL_LEVELS = serialConsistencySchema.options;

const TIMEOUTS_MS = [500, 1_000, 5_000, 30_000, 60_000, 300_000, 600_000];

interface RequestOptionsProps {
  options: RunOptions;
  onOptions: (change: Partial<RunOptions>) => void;
}

/** Choices for the next run that are rarely changed: the level of a Paxos round, and how long to wait. */
export default function RequestOptions({ options, onOptions }: RequestOptionsProps) {
  const { serialConsistency = null, timeoutMs = null } = options;
  const times = timeoutMs === null || TIMEOUTS_MS.includes(timeoutMs) ? TIMEOUTS_MS : [timeoutMs, ...TIMEOUTS_MS];
  return (
    <div className="w-72 max-w-full space-y-3">
      <Field
        label="Serial consistency"
        hint="Only conditional writes (IF …) use it: for their Paxos round. LOCAL_SERIAL stays in one datacenter; do not mix both on the same rows. A read at SERIAL is a choice of the consistency level."
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
