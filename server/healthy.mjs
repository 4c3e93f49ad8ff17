/** `node server/healthy.mjs`: ends with 0 if this machine's Ringside lives, for the health check of the image. */
const port = process.env.PORT || '3000';

try {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4_000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
} catch (error) {
  console.error(`Ringside does not answer on port ${port}:`, error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
