import * as z from 'zod/mini';

/** What requests are made with and answers are held against. It weighs 15 kB, so `http.ts` loads it beside the page. */

export { addressOf } from '@/lib/contract/endpoint';
export * as endpoints from '@/lib/contract/endpoints';
export { errorBodySchema } from '@/lib/contract/errors';

/** `value` as its schema gives it, or in a line for each fault what is wrong with it. */
export function checked(
  schema: z.core.$ZodType,
  value: unknown,
): { readonly data: unknown } | { readonly faults: string } {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? { data: parsed.data } : { faults: parsed.error.issues.map(faultOf).join('\n') };
}

/** Schemas have no language in the browser, so that what was expected is said here. */
function faultOf(issue: z.core.$ZodIssue): string {
  const fault = 'expected' in issue ? `expected ${issue.expected}` : issue.code;
  return `${issue.path.join('.')}: ${fault}`;
}
