/** Runs once when the server starts: an invalid configuration ends it with a message that says what to do. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'edge') return;
  const { startServer } = await import('@/lib/start-server');
  await startServer();
}
