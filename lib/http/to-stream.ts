import 'server-only';
import { onStopping } from '@/lib/stopping';
import { inThisRequest } from '@/lib/telemetry/request-scope';
import { holdThisCluster } from './cluster-use';
import { openStream } from './open-streams';

/** What becomes of a stream when the server stops. */
interface StreamOptions {
  /** Lets the chunks end with a last one that says so. */
  readonly onStop?: () => void;
  /** They end by themselves after `onStop`, because what was sent to Cassandra must be reported; others are cut. */
  readonly finishes?: () => boolean;
}

/** One step of `chunks` per chunk taken; a reader that leaves stops the read and frees them, even if `stop` fails. */
export function toStream(
  chunks: AsyncGenerator<Uint8Array>,
  stop: (reason: unknown) => Promise<void> | void,
  { onStop = () => undefined, finishes = () => false }: StreamOptions = {},
): ReadableStream<Uint8Array> {
  const within = inThisRequest();
  let cut: (reason: unknown) => void = () => undefined;
  const stream = openStream({ finishes, cut: (reason) => cut(reason) });
  const forget = onStopping(onStop);
  const leave = holdThisCluster();
  const end = () => {
    forget();
    stream.end();
    leave();
  };
  const free = async (reason: unknown) => {
    try {
      await within(() => stop(reason));
    } finally {
      end();
      await chunks.return(undefined);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        cut = (reason) => {
          controller.error(reason);
          free(reason).catch(() => undefined);
        };
      },
      async pull(controller) {
        const { value, done } = await within(() => chunks.next()).catch((error: unknown) => {
          end();
          throw error;
        });
        if (done) {
          end();
          controller.close();
        } else {
          stream.sent(value.length);
          controller.enqueue(value);
        }
      },
      cancel: free,
    },
    { highWaterMark: 0 },
  );
}
