import clsx from 'clsx';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import type { ChosenCell, KeyspaceLoss } from '@/lib/cluster/what-if';
import { type CellWord, cellWord, levelName } from '@/lib/cluster/what-if-words';
import { LOSS_LEVELS, type LossLevel } from '@/lib/ring/loss';
import { plural } from '@/lib/text/format';

type LossTableProps = {
  keyspaces: readonly KeyspaceLoss[];
  chosen: ChosenCell | undefined;
  onChoose: (keyspace: string, level: LossLevel) => void;
};

/** Keyspaces by level: what is served of each. Cassandra's own keyspaces are folded. */
export function LossTable({ keyspaces, chosen, onChoose }: LossTableProps) {
  const own = keyspaces.filter(({ system }) => !system);
  const system = keyspaces.length - own.length;
  const [isOpen, setOpen] = useState(own.length === 0);
  return (
    <>
      <DataTable
        caption="What is served of each keyspace, by consistency level"
        columns={columnsOf(chosen, onChoose)}
        rows={isOpen ? keyspaces : own}
        rowKey={({ name }) => name}
      />
      {system > 0 && (
        <div className="border-line border-t px-2 py-1">
          <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'Show'} {plural(system, 'system keyspace')}
          </Button>
        </div>
      )}
    </>
  );
}

/** SERIAL levels are those of conditional writes; ANY takes no reads. */
const HEADERS: Partial<Record<LossLevel, string>> = {
  ANY: 'ANY (writes)',
  SERIAL: 'SERIAL (IF)',
  LOCAL_SERIAL: 'LOCAL_SERIAL (IF)',
};

function columnsOf(chosen: ChosenCell | undefined, onChoose: LossTableProps['onChoose']): DataColumn<KeyspaceLoss>[] {
  return [
    {
      id: 'keyspace',
      header: 'Keyspace',
      rowHeader: true,
      mono: true,
      cell: ({ name }) => name,
    },
    ...LOSS_LEVELS.map((level, index): DataColumn<KeyspaceLoss> => {
      return {
        id: level,
        header: HEADERS[level] ?? level,
        className: 'px-0.5! text-center!',
        cell: (keyspace) => {
          // The reason stands once, where the levels begin.
          if (keyspace.problem !== undefined) return index === 0 ? <Problem text={keyspace.problem} /> : null;
          const isChosen = chosen?.keyspace.name === keyspace.name && chosen.cell.level === level;
          return <Cell keyspace={keyspace} level={level} isChosen={isChosen} onChoose={onChoose} />;
        },
      };
    }),
  ];
}

/** Wider than its column: it may run over the empty cells beside it. */
function Problem({ text }: { text: string }) {
  return (
    <span className="relative block h-4 w-0 overflow-visible">
      <span className="absolute left-1.5 text-muted text-xs">{text}</span>
    </span>
  );
}

const TONES: Readonly<Record<CellWord['tone'], string>> = {
  ok: 'text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
  neutral: 'text-muted',
};

type CellProps = {
  keyspace: KeyspaceLoss;
  level: LossLevel;
  isChosen: boolean;
  onChoose: LossTableProps['onChoose'];
};

function Cell({ keyspace, level, isChosen, onChoose }: CellProps) {
  const cell = keyspace.cells.find((one) => one.level === level);
  if (cell === undefined) return null;
  const { text, tone, spoken } = cellWord(cell);
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-label={`${levelName(cell)} on ${keyspace.name} ${spoken}`}
      title={`${levelName(cell)} on ${keyspace.name} ${spoken}`}
      onClick={() => onChoose(keyspace.name, level)}
      className={clsx(
        'h-6 w-full min-w-14 cursor-pointer rounded-sm px-1.5 text-center font-medium text-xs tabular-nums hover:bg-hover',
        TONES[tone],
        isChosen && 'outline-2 outline-accent -outline-offset-2',
      )}
    >
      {text}
    </button>
  );
}
