'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { PartLink } from '@/components/move/part-link';
import { CopyButton } from '@/components/ui/copy-button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { addressOf } from '@/lib/contract/endpoint';
import { jobPart } from '@/lib/contract/endpoints/exports';
import type { JobPart } from '@/lib/contract/jobs';
import { formatBytes, formatCount, plural } from '@/lib/text/format';

interface JobPartsProps {
  id: string;
  title: string;
  parts: readonly JobPart[];
  /** A right is missing, so that none can be downloaded. */
  isWithheld: boolean;
}

/** The files of a job: a complete one can be downloaded, and checked against its hash. */
export function JobParts({ id, title, parts, isWithheld }: JobPartsProps) {
  const [open, setOpen] = useState(false);
  if (parts.length === 0) return null;
  return (
    <details className="group" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="inline-flex items-center text-muted text-xs hover:text-ink">
        <ChevronRight size={12} aria-hidden="true" className="mr-0.5 group-open:rotate-90" />
        {plural(parts.length, 'part')}
      </summary>
      {open && (
        <div className="thin-scrollbar mt-1 max-h-72 overflow-y-auto rounded border border-line">
          <DataTable
            caption={`Parts of ${title}`}
            columns={partColumns(isWithheld ? null : id)}
            rows={parts}
            rowKey={({ name }) => name}
          />
        </div>
      )}
    </details>
  );
}

/** @param id of the job; null: nothing can be downloaded */
function partColumns(id: string | null): DataColumn<JobPart>[] {
  return [
    { id: 'name', header: 'Part', mono: true, rowHeader: true, cell: (part) => <PartName id={id} part={part} /> },
    { id: 'rows', header: 'Rows', align: 'right', cell: ({ rows }) => formatCount(rows) },
    { id: 'bytes', header: 'Size', align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
    {
      id: 'sum',
      header: 'SHA-256',
      mono: true,
      cell: ({ name, sha256 }) =>
        sha256 === null ? (
          <span className="text-faint">still being written</span>
        ) : (
          <span className="inline-flex items-center gap-1" title={sha256}>
            {sha256.slice(0, 12)}…
            <CopyButton text={sha256} label={`Copy the SHA-256 hash of ${name}`} />
          </span>
        ),
    },
  ];
}

function PartName({ id, part: { name, sha256 } }: { id: string | null; part: JobPart }) {
  if (sha256 === null || id === null) return name;
  return <PartLink path={addressOf(jobPart.get, { id, name })}>{name}</PartLink>;
}
