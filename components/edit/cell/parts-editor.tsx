import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import {
  type Draft,
  type DraftPart,
  growsAndShrinks,
  isNestedType,
  type NestedType,
  newDraft,
  type PartsDraft,
  partMayBeNull,
  partType,
  readDraft,
  repeatedParts,
  repeatedProblem,
  withNewPart,
} from '@/lib/edit/draft';
import { draftNote } from '@/lib/edit/draft-note';
import { formatCount } from '@/lib/text/format';
import { DraftTools, Tool } from './input/draft-tools';
import { DraftWords } from './input/draft-words';
import { LeafInput } from './input/leaf-input';

interface PartsEditorProps {
  draft: PartsDraft;
  type: NestedType;
  /** Of the value, such as `tags`: the names of its parts begin with it. */
  name: string;
  onDraft: (draft: PartsDraft) => void;
}

/** More parts than this are shown on a press: each is a field or several. */
const SHOWN_PARTS = 50;

/** Elements of a list, set or vector, entries of a map, fields of a tuple or type: each edited by itself, to any depth. */
export function PartsEditor({ draft, type, name, onDraft }: PartsEditorProps) {
  const [most, setMost] = useState(SHOWN_PARTS);
  const [added, setAdded] = useState<number | null>(null);
  const { parts } = draft;
  const repeated = repeatedParts(draft, type);
  const change = (next: readonly DraftPart[]) => onDraft({ as: 'parts', parts: next });
  const add = () => {
    const next = withNewPart(draft, type);
    setAdded(next.parts.at(-1)?.id ?? null);
    setMost(Math.max(most, next.parts.length));
    onDraft(next);
  };
  const move = (at: number, by: number) => {
    const [part, other] = [parts[at], parts[at + by]];
    if (part !== undefined && other !== undefined) change(parts.with(at, other).with(at + by, part));
  };
  return (
    <div className="min-w-0 space-y-1.5">
      <ul aria-label={name} className="space-y-1.5">
        {parts.slice(0, most).map((part, at) => {
          const first = repeated.get(at);
          return (
            <PartRow
              key={part.id}
              part={part}
              at={at}
              type={type}
              name={name}
              count={parts.length}
              problem={first === undefined ? null : repeatedProblem(type, first)}
              focused={part.id === added}
              onPart={(next) => change(parts.with(at, next))}
              onMove={(by) => move(at, by)}
              onRemove={() => change(parts.toSpliced(at, 1))}
              onAdd={add}
            />
          );
        })}
      </ul>
      {parts.length > most && (
        <Button size="sm" variant="ghost" onClick={() => setMost(most + SHOWN_PARTS)}>
          {`Show more: ${formatCount(most)} of ${formatCount(parts.length)} are shown`}
        </Button>
      )}
      {growsAndShrinks(type) && (
        <Button size="sm" variant="secondary" onClick={add}>
          {addWord(type)}
        </Button>
      )}
    </div>
  );
}

function addWord(type: CqlType): string {
  return type.kind === 'map' ? 'Add an entry' : 'Add an element';
}

interface PartRowProps {
  part: DraftPart;
  at: number;
  type: NestedType;
  /** Of the value that it is a part of. */
  name: string;
  /** How many parts there are. */
  count: number;
  /** What is wrong with it among its neighbours. */
  problem: string | null;
  /** It was just added. */
  focused: boolean;
  onPart: (part: DraftPart) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
  onAdd: () => void;
}

/** One element, entry or field. */
function PartRow(props: PartRowProps) {
  const { part, at, type, name, count, onPart, onMove, onRemove, onAdd } = props;
  const own = `${name}${type.kind === 'udt' ? `.${type.fields[at]?.name ?? at}` : `[${at}]`}`;
  const grows = growsAndShrinks(type);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = type.kind !== 'list' ? 0 : isPressed('partUp', event) ? -1 : isPressed('partDown', event) ? 1 : 0;
    const adds = grows && isPressed('cellDown', event) && event.target instanceof HTMLInputElement;
    const nulls = isPressed('cellNull', event);
    if (by === 0 && !adds && !nulls) return;
    event.preventDefault();
    event.stopPropagation();
    if (by !== 0) onMove(by);
    else if (adds) onAdd();
    else if (partMayBeNull(type)) onPart({ ...part, value: { as: 'null' } });
  };
  return (
    <li onKeyDown={onKeyDown} className="flex min-w-0 items-start gap-1">
      <PartFields {...props} own={own} />
      {type.kind === 'list' && <MoveButtons own={own} isFirst={at === 0} isLast={at === count - 1} onMove={onMove} />}
      {grows && (
        <IconButton label={`Remove ${own}`} size="sm" onClick={onRemove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

function MoveButtons(props: { own: string; isFirst: boolean; isLast: boolean; onMove: (by: number) => void }) {
  const { own, isFirst, isLast, onMove } = props;
  return (
    <>
      <IconButton label={`Move ${own} up`} keys="partUp" size="sm" disabled={isFirst} onClick={() => onMove(-1)}>
        <ArrowUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label={`Move ${own} down`} keys="partDown" size="sm" disabled={isLast} onClick={() => onMove(1)}>
        <ArrowDown size={14} aria-hidden="true" />
      </IconButton>
    </>
  );
}

/** The value of a part, and before it the key of an entry. */
function PartFields({ part, at, type, own, focused, problem, onPart }: PartRowProps & { own: string }) {
  const isEntry = type.kind === 'map';
  return (
    <div className="min-w-0 flex-1 space-y-1">
      {isEntry && part.key !== undefined && (
        <PartValue
          draft={part.key}
          type={type.key}
          name={`key of ${own}`}
          label={`key ${at + 1}`}
          mayBeNull={false}
          focused={focused}
          problem={problem}
          onDraft={(key) => onPart({ ...part, key })}
        />
      )}
      <PartValue
        draft={part.value}
        type={partType(type, at)}
        name={own}
        label={type.kind === 'udt' ? (type.fields[at]?.name ?? '') : isEntry ? 'value' : String(at)}
        mayBeNull={partMayBeNull(type)}
        focused={focused && !isEntry}
        problem={isEntry ? null : problem}
        onDraft={(value) => onPart({ ...part, value })}
      />
    </div>
  );
}

interface PartValueProps {
  draft: Draft;
  type: CqlType;
  /** For people who do not see where it stands. */
  name: string;
  label: string;
  mayBeNull: boolean;
  focused: boolean;
  problem: string | null;
  onDraft: (draft: Draft) => void;
}

/** A key or value: a field, or for a nested one its parts below its label. */
function PartValue(props: PartValueProps) {
  const { draft, type, label } = props;
  const typeText = formatCqlType(type);
  const isField = !isNestedType(type);
  return (
    <div className={isField ? 'grid grid-cols-[minmax(3rem,7rem)_minmax(0,1fr)] items-start gap-x-2' : 'space-y-1'}>
      <span className="min-w-0 break-words pt-1 font-mono text-muted text-xs" title={typeText}>
        <Shown text={label} as="name" />
        {!isField && <span className="text-faint"> {typeText}</span>}
      </span>
      {isNestedType(type) && draft.as !== 'text' ? (
        <NestedValue {...props} type={type} draft={draft} />
      ) : (
        <FieldValue {...props} typeText={typeText} />
      )}
    </div>
  );
}

type NestedValueProps = PartValueProps & { type: NestedType; draft: Exclude<Draft, { as: 'text' }> };

function NestedValue({ draft, type, name, mayBeNull, onDraft }: NestedValueProps) {
  if (draft.as === 'parts') {
    return (
      <div className="min-w-0 space-y-1 border-line border-l pl-2">
        <PartsEditor draft={draft} type={type} name={name} onDraft={onDraft} />
        {mayBeNull && (
          <Tool label={`Set ${name} to null`} onPress={() => onDraft({ as: 'null' })}>
            null
          </Tool>
        )}
      </div>
    );
  }
  return (
    <div className="flex items-center gap-1 border-line border-l pl-2">
      <span className="font-mono text-faint text-xs italic">{draft.as}</span>
      <Tool label={`Give ${name} a value`} onPress={() => onDraft(newDraft(type))}>
        Give it a value
      </Tool>
    </div>
  );
}

function FieldValue({
  draft,
  type,
  name,
  mayBeNull,
  focused,
  problem,
  onDraft,
  typeText,
}: PartValueProps & { typeText: string }) {
  const noteId = useId();
  const read = readDraft(draft, type);
  const wrong = 'problem' in read ? read.problem : problem;
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-center gap-1">
        <LeafInput
          draft={draft}
          type={type}
          onDraft={onDraft}
          focused={focused}
          multiline={draft.as === 'text' && draft.text.includes('\n')}
          className="h-7 min-w-0 flex-1 text-xs!"
          control={{
            'aria-label': `${name}, ${typeText}`,
            'aria-describedby': noteId,
            ...(wrong === null ? {} : { 'aria-invalid': true }),
          }}
        />
        <DraftTools draft={draft} type={type} onDraft={onDraft} mayBeNull={mayBeNull} />
      </div>
      <DraftWords id={noteId} problem={wrong} note={draft.as === 'text' ? draftNote(draft, type) : null} />
    </div>
  );
}
