import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import {
  type Draft,
  draftOf,
  inForm,
  isNestedType,
  literalDraft,
  type NestedType,
  newDraft,
  readDraft,
} from '@/lib/edit/draft';
import { type DraftForm, formsOf, holdsReturns } from '@/lib/edit/draft-text';
import { isBlob } from '@/lib/values/value-text';
import { exampleOf } from '@/lib/wire/typed-text';
import { Tool } from './input/draft-tools';
import { type ControlProps, LeafInput } from './input/leaf-input';
import { PartsEditor } from './parts-editor';

interface ValueBodyProps {
  name: string;
  type: CqlType;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  control: ControlProps;
  focused: boolean;
}

/** Room to edit what no line holds: parts one by one or as text, a text of several lines, the bytes of a blob. */
export function ValueBody(props: ValueBodyProps) {
  const { type } = props;
  return isNestedType(type) ? <NestedBody {...props} type={type} /> : <TextBody {...props} />;
}

function NestedBody({ name, type, draft, onDraft, control, focused }: ValueBodyProps & { type: NestedType }) {
  const read = readDraft(draft, type);
  const value = 'value' in read ? read.value : undefined;
  const asText = () => {
    if (draft.as === 'text') return;
    onDraft(value === undefined || value === null || value === '' ? newText() : literalDraft(value, type));
  };
  const asParts = () => {
    if (draft.as === 'parts') return;
    onDraft(value === undefined || value === null || value === '' ? newDraft(type) : draftOf(value, type));
  };
  return (
    <div className="space-y-2">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Edit {name} as</legend>
        <Tool pressed={draft.as === 'parts'} disabled={draft.as === 'text' && value === undefined} onPress={asParts}>
          Parts
        </Tool>
        <Tool pressed={draft.as === 'text'} disabled={draft.as === 'parts' && value === undefined} onPress={asText}>
          CQL or JSON
        </Tool>
        <span className="min-w-0 truncate font-mono text-faint text-xs">{formatCqlType(type)}</span>
      </fieldset>
      {draft.as === 'parts' ? (
        <PartsEditor draft={draft} type={type} name={name} onDraft={onDraft} />
      ) : draft.as === 'text' ? (
        <LeafInput
          draft={draft}
          type={type}
          onDraft={onDraft}
          control={control}
          focused={focused}
          multiline
          className="min-h-32 resize-y"
        />
      ) : (
        <p className="text-muted text-xs">
          <span className="font-mono italic">{draft.as}</span>. Choose how to give it a value, such as{' '}
          <code>{exampleOf(type)}</code>.
        </p>
      )}
    </div>
  );
}

function newText(): Draft {
  return { as: 'text', form: 'plain', text: '' };
}

function TextBody({ name, type, draft, onDraft, control, focused }: ValueBodyProps) {
  const forms = formsOf(type);
  return (
    <div className="space-y-2">
      {forms.length > 1 && draft.as === 'text' && (
        <fieldset className="flex flex-wrap items-center gap-1">
          <legend className="sr-only">Write {name} as</legend>
          {forms.map((form) => {
            const next = inForm(draft, form);
            // What a text area would lose is only edited by its escapes.
            const isLost = next !== undefined && form !== 'escaped' && holdsReturns(next.text);
            return (
              <Tool
                key={form}
                pressed={draft.form === form}
                disabled={draft.form !== form && (next === undefined || isLost)}
                onPress={() => next !== undefined && onDraft(next)}
              >
                {formWord(form, type)}
              </Tool>
            );
          })}
          {draft.form === 'escaped' && (
            <span className="text-faint text-xs">line breaks as \n and \r, characters as \u&#123;…&#125;</span>
          )}
        </fieldset>
      )}
      <LeafInput
        draft={draft}
        type={type}
        onDraft={onDraft}
        control={control}
        focused={focused}
        multiline
        className="min-h-32 resize-y break-all"
      />
    </div>
  );
}

function formWord(form: DraftForm, type: CqlType): string {
  if (form === 'escaped') return 'With escapes';
  return form === 'plain' && isBlob(type) ? 'Hex' : 'Text';
}
