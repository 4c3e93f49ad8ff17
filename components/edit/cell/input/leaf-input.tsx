import clsx from 'clsx';
import { type ComponentProps, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { Input, Select, Textarea } from '@/components/ui/input';
import { isPressed } from '@/components/ui/shortcuts';
import type { CqlType } from '@/lib/cql/types';
import { type Draft, emptyTextIsValue, typedDraft } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { exampleOf, isChoice } from '@/lib/wire/typed-text';

/** What ties a control to its name and to what is said of its value. */
export type ControlProps = Pick<
  ComponentProps<'input'>,
  'id' | 'aria-label' | 'aria-labelledby' | 'aria-describedby' | 'aria-invalid' | 'aria-errormessage'
>;

export interface LeafInputProps {
  draft: Draft;
  type: CqlType;
  onDraft: (draft: Draft) => void;
  control: ControlProps;
  /** Several lines, where line breaks can be typed. */
  multiline?: boolean | undefined;
  /** Takes the focus when it appears, with the cursor at its end. */
  focused?: boolean | undefined;
  className?: string | undefined;
  /** Before what the control does with keys itself. */
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  /** Of the list of values that it completes. */
  list?:
    | Pick<ComponentProps<'input'>, 'role' | 'aria-expanded' | 'aria-controls' | 'aria-activedescendant'>
    | undefined;
  /** Several lines were pasted, which one line cannot hold. */
  onLines?: ((text: string) => void) | undefined;
}

/** The control of a scalar: a choice for a boolean, a line or several of text for all others. */
export function LeafInput(props: LeafInputProps) {
  const { draft, type, onDraft, control, multiline = false, focused = false, className, list, onLines } = props;
  if (isChoice(type)) return <BooleanInput {...props} />;
  const common = {
    ...control,
    mono: true,
    value: draft.as === 'text' ? draft.text : '',
    placeholder: placeholderOf(draft, type),
    className: clsx(className, draft.as !== 'text' && 'placeholder:italic'),
  };
  const type_ = (text: string) => onDraft(draft.as === 'text' ? { ...draft, text } : typedDraft(text));
  if (multiline) {
    return <FocusedTextarea {...common} focused={focused} onChange={({ target }) => type_(target.value)} />;
  }
  return (
    <FocusedInput
      {...common}
      {...list}
      onKeyDown={props.onKeyDown}
      focused={focused}
      onChange={({ target }) => type_(target.value)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain');
        if (onLines === undefined || !/[\n\r]/.test(pasted)) return;
        event.preventDefault();
        const { value, selectionStart, selectionEnd } = event.currentTarget;
        onLines(value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length));
      }}
    />
  );
}

/** What is no typed value stands as a word in the empty field. */
function placeholderOf({ as }: Draft, type: CqlType): string {
  if (as === 'null' || as === 'unset' || as === 'empty') return as;
  // Where nothing typed is a value, an example would look like one.
  if (emptyTextIsValue(type)) return '';
  return isCounter(type) ? '+1' : exampleOf(type);
}

function BooleanInput({ draft, onDraft, control, focused = false, className }: LeafInputProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const typed = isPressed('cellTrue', event) ? 'true' : isPressed('cellFalse', event) ? 'false' : undefined;
    if (typed === undefined) return;
    // The browser looks for an option that begins with the letter, and for two letters typed at once for both.
    event.preventDefault();
    onDraft(typedDraft(typed));
  };
  const select = useRef<HTMLSelectElement>(null);
  useFocus(select, focused);
  const text = draft.as === 'text' ? draft.text : '';
  return (
    <Select
      {...control}
      ref={select}
      value={text}
      onKeyDown={onKeyDown}
      onChange={({ target }) => onDraft(typedDraft(target.value))}
      className={clsx('font-mono', className)}
    >
      <option value="" disabled>
        {draft.as === 'text' ? 'choose' : draft.as}
      </option>
      <option>true</option>
      <option>false</option>
    </Select>
  );
}

/** Its first focus, once; `autoFocus` would scroll the page and choose the cursor's place itself. */
function useFocus(
  element: RefObject<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null>,
  focused: boolean,
): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!focused || current === null) return;
    current.focus({ preventScroll: true });
    if ('setSelectionRange' in current) current.setSelectionRange(current.value.length, current.value.length);
  }, [element, focused]);
}

function FocusedInput({ focused, ...props }: ComponentProps<typeof Input> & { focused: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  useFocus(input, focused);
  return <Input {...props} ref={input} />;
}

function FocusedTextarea({ focused, ...props }: ComponentProps<typeof Textarea> & { focused: boolean }) {
  const area = useRef<HTMLTextAreaElement>(null);
  useFocus(area, focused);
  return <Textarea {...props} ref={area} />;
}
