import type { ReactNode } from 'react';

interface ChoiceProps {
  name: string;
  checked: boolean;
  onChoose: () => void;
  children: ReactNode;
}

/** One of several: a radio button with its label. */
export function Choice({ name, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="inline-flex min-h-6 items-center gap-2 text-sm">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="size-3.5 accent-accent focus-visible:outline-offset-2"
      />
      {children}
    </label>
  );
}
