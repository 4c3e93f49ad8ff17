/** Runs once when the server starts: configuration that cannot be used ends it with a message a person can act on. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'edge') return;
  const { startServer } = await import('@/lib/start-server');
  startServer();
}
