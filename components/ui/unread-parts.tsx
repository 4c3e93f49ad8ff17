import { Shown } from './shown';

/** A damaged link can be long. */
const SHOWN_CHARACTERS = 200;

interface UnreadPartsProps {
  parts: readonly { readonly name: string; readonly text: string; readonly why: string }[];
}

/** The parts of an address that cannot be read: their names, why, and their texts as they were given. */
export function UnreadParts({ parts }: UnreadPartsProps) {
  return (
    <ul className="flex flex-col gap-2">
      {parts.map(({ name, text, why }) => (
        <li key={name}>
          <span className="font-mono text-ink">{name}</span>: {why}.
          <code className="mt-0.5 block break-all text-xs">
            <Shown text={cut(text)} as="line" />
          </code>
        </li>
      ))}
    </ul>
  );
}

function cut(text: string): string {
  if (text === '') return '(empty)';
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
