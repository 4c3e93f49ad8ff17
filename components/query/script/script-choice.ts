import * as z from 'zod/mini';
import { useStored } from '@/components/ui/stored-state';

const choiceSchema = z.object({ goesOn: z.boolean() });
type ScriptChoice = z.infer<typeof choiceSchema>;
const STOPS: ScriptChoice = { goesOn: false };

export interface ScriptChoiceState {
  readonly choice: ScriptChoice;
  readonly onGoesOn: (goesOn: boolean) => void;
}

/** Whether a script goes on after a statement that fails, as it was last chosen. */
export function useScriptChoice(cluster: string): ScriptChoiceState {
  const [choice, stored] = useStored({
    key: `ringside.query.script.${cluster}`,
    schema: choiceSchema,
    fallback: STOPS,
  });
  return { choice, onGoesOn: (goesOn) => stored.update(() => ({ goesOn })) };
}
