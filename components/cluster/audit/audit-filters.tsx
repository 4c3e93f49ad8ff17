'use client';

import { type ReactNode, useId } from 'react';
import { Input, Select } from '@/components/ui/input';
import type { AuditAddress } from '@/lib/cluster/audit-address';
import { OUTCOME_WORDS } from '@/lib/cluster/audit-words';
import { AUDIT_OUTCOMES } from '@/lib/contract/audit';

interface AuditFiltersProps {
  address: AuditAddress;
  onChange: (change: Partial<AuditAddress>, step: 'push' | 'typed') => void;
}

/** Who, on what, with which outcome, and when. */
export function AuditFilters({ address, onChange }: AuditFiltersProps) {
  const { person, table, text, outcome, since, until, here } = address;
  const id = useId();
  return (
    <search className="flex flex-wrap items-end gap-3">
      <Labelled label="Person" id={`${id}-person`}>
        <Input id={`${id}-person`} value={person} onChange={(e) => onChange({ person: e.target.value }, 'typed')} />
      </Labelled>
      <Labelled label="Keyspace or table" id={`${id}-table`}>
        <Input
          id={`${id}-table`}
          mono
          placeholder="keyspace.table"
          value={table}
          onChange={(e) => onChange({ table: e.target.value }, 'typed')}
        />
      </Labelled>
      <Labelled label="Text" id={`${id}-text`}>
        <Input id={`${id}-text`} value={text} onChange={(e) => onChange({ text: e.target.value }, 'typed')} />
      </Labelled>
      <Labelled label="Outcome" id={`${id}-outcome`}>
        <Select
          id={`${id}-outcome`}
          value={outcome ?? ''}
          onChange={({ target }) =>
            onChange({ outcome: AUDIT_OUTCOMES.find((one) => one === target.value) ?? null }, 'push')
          }
        >
          <option value="">Any</option>
          {AUDIT_OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {OUTCOME_WORDS[one]}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="From (UTC)" id={`${id}-since`}>
        <Moment id={`${id}-since`} time={since} onTime={(time) => onChange({ since: time }, 'push')} />
      </Labelled>
      <Labelled label="To (UTC)" id={`${id}-until`}>
        <Moment id={`${id}-until`} time={until} onTime={(time) => onChange({ until: time }, 'push')} />
      </Labelled>
      <label className="flex h-8 items-center gap-1.5 text-sm">
        <input type="checkbox" checked={here} onChange={({ target }) => onChange({ here: target.checked }, 'push')} />
        Only this cluster
      </label>
    </search>
  );
}

function Labelled({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div className="w-44 max-[480px]:w-full">
      <label htmlFor={id} className="mb-0.5 block text-muted text-xs">
        {label}
      </label>
      {children}
    </div>
  );
}

/** A time to the minute. */
function Moment({ id, time, onTime }: { id: string; time: string | null; onTime: (time: string | null) => void }) {
  return (
    <Input
      id={id}
      type="datetime-local"
      value={time === null ? '' : time.slice(0, 16)}
      onChange={({ target }) => onTime(target.value === '' ? null : `${target.value.slice(0, 16)}Z`)}
    />
  );
}
