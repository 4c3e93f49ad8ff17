/**
 * The headers of every response.
 * @param {string} nonce for the scripts of this one response
 * @param {boolean} isDevelopment
 * @returns {Readonly<Record<string, string>>}
 */
export function securityHeaders(nonce, isDevelopment) {
  // Only React's development build evaluates source text, for its stack traces.
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`;
  const policy = [
    "default-src 'none'",
    `script-src ${script}`,
    // Virtual rows and the editor are positioned with style attributes and style sheets created in the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'self'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
