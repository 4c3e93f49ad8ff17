import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { Input } from './input';

interface TypedInputProps extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'defaultValue'> {
  value: string;
  /** At Enter, or when the field is left: what a text changes may be read again each time. */
  onCommit: (text: string) => void;
}

/** A text that takes effect once it is written, as the browser's own `change` event says. */
export function TypedInput({ value, onCommit, ...props }: TypedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const { current } = input;
    const commit = () => {
      setTyped(null);
      if (current !== null && current.value !== value) onCommit(current.value);
    };
    current?.addEventListener('change', commit);
    return () => current?.removeEventListener('change', commit);
  }, [value, onCommit]);
  return <Input {...props} ref={input} value={typed ?? value} onChange={({ target }) => setTyped(target.value)} />;
}
