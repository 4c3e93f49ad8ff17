import { useCallback, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { formatBytes } from '@/lib/text/format';
import { valueFacts } from '@/lib/values/facts';
import { blobLength } from '@/lib/values/hex';
import type { Fact } from '@/lib/values/moment-facts';
import { rootNode, type ValueNode } from '@/lib/values/value-nodes';
import { exactJson, isBlob, valueText } from '@/lib/values/value-text';
import { VIEW_LABELS, viewsOf } from '@/lib/values/views';
import { jsonToCql } from '@/lib/wire/json-texts';
import { FactList } from './fact-list';
import { FindBox } from './find-box';
import { ValueView } from './value-view';

interface InspectedValueProps {
  value: JsonValue;
  type: CqlType | undefined;
}

/** A value that has something to show: its views, what is found in it, and what it says. */
export function InspectedValue({ value, type }: InspectedValueProps) {
  const views = useMemo(() => viewsOf(value, type), [value, type]);
  const [chosen, setChosen] = useState(views[0]);
  const view = chosen ?? 'text';
  const [search, find] = useSearch();
  const root = useMemo(() => rootNode(value, type), [value, type]);
  const [picked, setPicked] = useState<ValueNode>();
  const selected = picked ?? root;
  const copyJson = () => void navigator.clipboard.writeText(exactJson(selected.value, 2)).catch(() => undefined);
  return (
    <>
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-1 border-line border-b px-2 py-1">
        {views.length > 1 && (
          <fieldset className="flex items-center">
            <legend className="sr-only">View</legend>
            {views.map((name) => (
              <Button
                key={name}
                size="sm"
                variant="ghost"
                aria-pressed={name === view}
                className={name === view ? 'bg-selected text-ink' : undefined}
                onClick={() => setChosen(name)}
              >
                {VIEW_LABELS[name]}
              </Button>
            ))}
          </fieldset>
        )}
        {view !== 'image' && <FindBox {...find} front={search.front} needle={search.needle} />}
      </div>
      <ValueView
        view={view}
        value={value}
        type={type}
        search={search}
        tree={{ root, selected, onSelect: setPicked, onCopy: copyJson }}
      />
      <Below view={view} value={value} type={type} selected={selected} />
    </>
  );
}

/** What the value says; in a tree, of the part that is selected there, which can be copied. */
function Below({ view, value, type, selected }: InspectedValueProps & { view: string; selected: ValueNode }) {
  const part = view === 'tree' ? selected : { value, type };
  const facts = useMemo(() => factsOf(part.value, part.type), [part.value, part.type]);
  if (view !== 'tree' && facts.length === 0) return null;
  const { type: partType, value: partValue } = part;
  return (
    <div className="thin-scrollbar max-h-56 shrink-0 overflow-auto border-line border-t px-3 py-2">
      <FactList facts={facts} />
      {view === 'tree' && (
        <div className="mt-1 flex flex-wrap gap-1">
          <CopyButton variant="ghost" label="Copy part as text" text={() => textOf(partValue, partType)}>
            Text
          </CopyButton>
          <CopyButton variant="ghost" label="Copy part as JSON" text={() => exactJson(partValue, 2)}>
            JSON
          </CopyButton>
          {partType !== undefined && (
            <CopyButton variant="ghost" label="Copy part as CQL" text={() => jsonToCql(partValue, partType)}>
              CQL
            </CopyButton>
          )}
        </div>
      )}
    </div>
  );
}

function textOf(value: JsonValue, type: CqlType | undefined): string {
  return value === null ? '' : valueText(value, type);
}

function factsOf(value: JsonValue, type: CqlType | undefined): readonly Fact[] {
  if (isBlob(type) && typeof value === 'string' && value !== '') {
    return [
      { label: 'Size', text: `${formatBytes(blobLength(value))} (${blobLength(value).toLocaleString('en-US')} bytes)` },
    ];
  }
  return valueFacts(value, type);
}

/** What is looked for, what of it is in front, and how to go on. */
function useSearch() {
  const [needle, setNeedle] = useState('');
  const [front, setFront] = useState(0);
  const [count, setCount] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const onFound = useCallback((found: number) => {
    setCount(found);
    setFront((now) => (now < found ? now : 0));
  }, []);
  const search = useMemo(() => ({ needle, front, onFound }), [needle, front, onFound]);
  const find = {
    input,
    count,
    onNeedle: (next: string) => {
      setNeedle(next);
      setFront(0);
    },
    onStep: (by: 1 | -1) => setFront((now) => (count === 0 ? 0 : (now + by + count) % count)),
  };
  return [search, find] as const;
}
