import { type ComponentProps, useState } from 'react';
import { Input } from '@/components/ui/input';

interface TypedInputProps extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'defaultValue'> {
  value: string;
  /** At Enter, or when the field is left: each change reads the file again. */
  onCommit: (text: string) => void;
}

/** A text that takes effect once it is written. */
export function TypedInput({ value, onCommit, ...props }: TypedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null && typed !== value) onCommit(typed);
    setTyped(null);
  };
  return (
    <Input
      {...props}
      value={typed ?? value}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          commit();
        }
        if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation();
          setTyped(null);
        }
      }}
    />
  );
}
