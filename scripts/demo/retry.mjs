import cassandra from 'cassandra-driver';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 250;

/**
 * Runs repeatable work, and retries with a growing pause when the server was slow, overloaded or unreachable.
 * @template T
 * @param {() => Promise<T>} work
 * @param {AbortSignal} signal  Stops retrying, but does not interrupt the work in flight.
 * @returns {Promise<T>}
 */
export async function withRetries(work, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || signal.aborted || !isPassing(error)) throw error;
      const pauseMs = FIRST_PAUSE_MS * 2 ** (attempt - 1);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * Whether the same request may succeed a little later.
 * @param {unknown} error
 */
function isPassing(error) {
  const { errors, types } = cassandra;
  if (error instanceof errors.OperationTimedOutError || error instanceof errors.NoHostAvailableError) return true;
  if (!(error instanceof errors.ResponseError)) return false;
  const { overloaded, isBootstrapping, unavailableException, writeTimeout, readTimeout } = types.responseErrorCodes;
  return [overloaded, isBootstrapping, unavailableException, writeTimeout, readTimeout].includes(error.code);
}
