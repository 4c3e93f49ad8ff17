import { type NextRequest, NextResponse } from 'next/server';
import { refuse } from '@/lib/http/guards';
import { securityHeaders } from '@/lib/http/security-headers';

const ALLOWED_HOSTS = (process.env.RINGSIDE_ALLOWED_HOSTS ?? '')
  .split(',')
  .flatMap((host) => host.trim().toLowerCase() || []);

/** Every request passes here first: who asks is checked, and the answer gets its security headers. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID();
  const headers = securityHeaders(nonce, process.env.NODE_ENV === 'development');
  const refusal = refuse(request, ALLOWED_HOSTS);
  if (refusal !== null) {
    const { status, message, hint } = refusal;
    return NextResponse.json(
      { error: { code: 'forbidden_origin', message, hint, retryable: false } },
      { status, headers },
    );
  }
  // Next reads the policy off the request to put the nonce on its own scripts.
  const forwarded = new Headers(request.headers);
  forwarded.set('content-security-policy', headers['content-security-policy'] ?? '');
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
