import { ANONYMOUS } from '@/lib/contract/principal';

/** Who reads at the prompt: whoever has the files and secrets there, and nobody signs in. */
export const AT_THE_PROMPT = ANONYMOUS;
