import 'server-only';
import { z } from 'zod';
import { invalidRequest } from '@/lib/failure';

/** A request from outside, checked by its schema. @throws Failure `invalid_request` that names what is wrong */
export function askedRequest<Out>(kind: string, schema: z.core.$ZodType<Out>, request: unknown): Out {
  const parsed = z.safeParse(schema, request);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
  throw invalidRequest(`This is not the request of a ${kind}: ${faults.join('; ')}.`);
}

/** What a schedule keeps beside a request. @throws Failure `invalid_request` when its file has something else */
export function reviewedFacts<Out>(schema: z.core.$ZodType<Out>, reviewed: unknown): Out {
  const parsed = z.safeParse(schema, reviewed);
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    'What was reviewed of this schedule cannot be read.',
    'Edit what it repeats, and review it again.',
  );
}
