'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input, Select } from '@/components/ui/input';
import { MOST_MUTE_DAYS } from '@/lib/contract/mute-days';
import { plural } from '@/lib/text/format';

const DAYS = [1, 7, 30, 90, MOST_MUTE_DAYS] as const;

type MuteFormProps = {
  /** Rejects with what to say. */
  onMute: (reason: string, days: number) => Promise<void>;
};

/** Hides a finding for a while, with a reason for whoever wonders later. */
export function MuteForm({ onMute }: MuteFormProps) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number>(7);
  const [standing, setStanding] = useState<{ busy: boolean; failure: string | null }>({ busy: false, failure: null });
  const id = useId();
  if (!isOpen) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        Mute…
      </Button>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setStanding({ busy: true, failure: null });
    try {
      await onMute(reason.trim(), days);
    } catch (error) {
      setStanding({ busy: false, failure: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <label className="text-faint text-xs" htmlFor={`${id}-reason`}>
        Why it can wait
        <Input
          id={`${id}-reason`}
          className="mt-1 w-72 max-w-full text-ink"
          maxLength={500}
          required
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <label className="text-faint text-xs" htmlFor={`${id}-days`}>
        Hide for
        <Select
          id={`${id}-days`}
          className="mt-1 w-28 text-ink"
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {plural(count, 'day')}
            </option>
          ))}
        </Select>
      </label>
      <Button type="submit" busy={standing.busy} disabled={reason.trim() === ''}>
        Mute
      </Button>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Cancel
      </Button>
      {standing.failure !== null && (
        <p role="alert" className="w-full text-danger text-xs">
          {standing.failure}
        </p>
      )}
    </form>
  );
}
