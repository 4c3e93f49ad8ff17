import type { ReactNode } from 'react';
import { nestedParts, type TextRun, textRuns } from '@/lib/text/runs';
import type { TextKind } from '@/lib/text/unseen';

/** A text with tokens for what cannot be seen, isolated from its neighbours; so is each part of a nested value. */
export default function DrawnText({ text, as }: { text: string; as: TextKind }) {
  const parts = as === 'nested' ? nestedParts(text) : [{ text, start: 0 }];
  return parts.map((part) => (
    // Each line has its own direction.
    <bdi key={part.start} className={as === 'text' ? '[unicode-bidi:plaintext]' : undefined}>
      {textRuns(part.text, as).map(draw)}
    </bdi>
  ));
}

/**
 * The label is generated content: the character itself stays in the text, without a size, so that a selection copies it.
 * It can turn nothing outside of its element around.
 */
const TOKEN =
  'text-[0px] leading-[0] [unicode-bidi:isolate] before:mx-px before:rounded-sm before:bg-warn-soft before:px-0.5 before:font-mono before:font-normal before:text-2xs before:leading-none before:text-warn before:not-italic before:content-[attr(data-label)]';

function draw(run: TextRun, index: number): ReactNode {
  switch (run.kind) {
    case 'plain':
      return run.text;
    case 'joined':
      return (
        <span key={index} title={run.name} className="underline decoration-dotted decoration-warn underline-offset-2">
          {run.text}
        </span>
      );
    case 'token':
      return (
        <span key={index} dir="ltr" title={run.name} data-label={run.label} className={`${TOKEN} ${spaceOf(run.text)}`}>
          {run.text}
        </span>
      );
    default:
      return run satisfies never;
  }
}

/** What would break the line must not. */
function spaceOf(text: string): string {
  return /[\n\v\f\r\u0085\u2028\u2029]/.test(text) ? 'whitespace-nowrap' : 'whitespace-pre';
}
