import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ShortcutId } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { Tooltip } from '@/components/ui/tooltip';
import type { CqlType } from '@/lib/cql/types';
import { type Draft, emptyTextIsValue, typedDraft } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { NEW_WORDS, newText, zoneOffers } from '@/lib/edit/new-values';
import { formatBytes } from '@/lib/text/format';
import { isBlob } from '@/lib/values/value-text';
import { formatBlob } from '@/lib/wire/format';

interface DraftToolsProps {
  draft: Draft;
  type: CqlType;
  onDraft: (draft: Draft) => void;
  mayBeNull: boolean;
  /** The column may be left out. */
  mayBeUnset?: boolean | undefined;
  children?: ReactNode;
}

/** What can be done with a value besides typing it: null, a new one, its zone, a file. */
export function DraftTools({ draft, type, onDraft, mayBeNull, mayBeUnset = false, children }: DraftToolsProps) {
  const native = type.kind === 'native' ? type.name : undefined;
  const newWord = native === undefined ? undefined : NEW_WORDS[native];
  const zones =
    native === 'timestamp' && draft.as === 'text'
      ? zoneOffers(draft.text, (ms) => -new Date(ms).getTimezoneOffset())
      : [];
  return (
    <div className="flex flex-wrap items-center gap-1">
      {zones.map(({ label, text }) => (
        <Tool key={label} onPress={() => onDraft(typedDraft(text))}>
          {label}
        </Tool>
      ))}
      {native !== undefined && newWord !== undefined && (
        <Tool
          onPress={() =>
            onDraft(
              typedDraft(newText(native, { nowMs: Date.now(), random: crypto.getRandomValues(new Uint8Array(16)) })),
            )
          }
        >
          {newWord}
        </Tool>
      )}
      {isBlob(type) && <FileTool onDraft={onDraft} />}
      {emptyTextIsValue(type) && draft.as !== 'text' && <Tool onPress={() => onDraft(typedDraft(''))}>Empty text</Tool>}
      {mayBeNull && !isCounter(type) && (
        <Tool keys="cellNull" pressed={draft.as === 'null'} onPress={() => onDraft({ as: 'null' })}>
          null
        </Tool>
      )}
      {mayBeUnset && (
        <Tool pressed={draft.as === 'unset'} onPress={() => onDraft({ as: 'unset' })}>
          Leave unset
        </Tool>
      )}
      {children}
    </div>
  );
}

interface ToolProps {
  onPress: () => void;
  /** Keys that do the same. */
  keys?: ShortcutId | undefined;
  pressed?: boolean | undefined;
  disabled?: boolean | undefined;
  label?: string | undefined;
  children: ReactNode;
}

export function Tool({ onPress, keys, pressed, disabled, label, children }: ToolProps) {
  const button = (
    <Button
      size="sm"
      variant="ghost"
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
      className="aria-pressed:bg-selected aria-pressed:text-ink"
    >
      {children}
    </Button>
  );
  if (keys === undefined) return button;
  return (
    <Tooltip text={children} keys={keys}>
      {button}
    </Tooltip>
  );
}

/** A request has room for two of them in hex: the value as it was read, and as it should be. */
const MOST_FILE_BYTES = 512 * 1024;

function FileTool({ onDraft }: { onDraft: (draft: Draft) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const isTooLarge = file.size > MOST_FILE_BYTES;
    setRefused(isTooLarge ? `${file.name} has ${formatBytes(file.size)}. Choose a smaller file.` : null);
    if (!isTooLarge) onDraft(typedDraft(formatBlob(new Uint8Array(await file.arrayBuffer()))));
  };
  return (
    <>
      <Tool onPress={() => input.current?.click()}>{`File, up to ${formatBytes(MOST_FILE_BYTES)}`}</Tool>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File"
        onChange={({ target }) => {
          void take(target.files?.[0]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      {refused !== null && (
        <span role="alert" className="text-danger text-xs">
          <Shown text={refused} as="line" />
        </span>
      )}
    </>
  );
}
