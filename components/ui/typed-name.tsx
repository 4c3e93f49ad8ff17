import { CopyButton } from './copy-button';
import { Field } from './field';
import { Input } from './input';
import { Shown } from './shown';

interface TypedNameProps {
  name: string;
  typed: string;
  onType: (typed: string) => void;
  /** False where it appears while somebody types elsewhere. */
  takesFocus?: boolean;
}

/** Where the name of what goes is typed; to be copied where it is hard to type. */
export function TypedName({ name, typed, onType, takesFocus = true }: TypedNameProps) {
  return (
    <>
      <Field
        label={
          <>
            Type{' '}
            <code className="text-ink">
              <Shown text={name} as="name" />
            </code>{' '}
            to confirm
          </>
        }
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoFocus={takesFocus}
            value={typed}
            onChange={({ target }) => onType(target.value)}
          />
        )}
      </Field>
      {!/^[!-~]*$/.test(name) && (
        <div className="flex items-center gap-2 text-muted text-xs">
          <p>This name has characters that are hard to type or look like others: copy and paste it.</p>
          <CopyButton text={name} label="Copy the name" variant="secondary">
            Copy
          </CopyButton>
        </div>
      )}
    </>
  );
}
