import 'server-only';
import { currentCall, inCall } from '@/lib/audit/audited-call';
import { currentWork, inThisWork } from '@/lib/cassandra/read/limited-work';
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
  const call = currentCall();
  call?.streams();
  const [inRequest, inWork] = [inThisRequest(), inThisWork()];
  const within = <T>(run: () => T): T => inRequest(() => inWork(() => inCall(call, run)));
  let bytes = 0;
  let cut: (reason: unknown) => void = () => undefined;
  const stream = openStream({ finishes, cut: (reason) => cut(reason) });
  const forget = onStopping(onStop);
  const [leave, leaveWork] = [holdThisCluster(), currentWork()?.enter()];
  const end = () => {
    forget();
    stream.end();
    leave();
    leaveWork?.();
  };
  const free = async (reason: unknown) => {
    try {
      await within(() => stop(reason));
    } finally {
      end();
      // What was sent to Cassandra is known when they have ended.
      await within(() => chunks.return(undefined)).finally(() => call?.ended('stopped', bytes));
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
          call?.ended('failed', bytes);
          throw error;
        });
        if (done) {
          end();
          call?.ended('done', bytes);
          controller.close();
        } else {
          bytes += value.length;
          stream.sent(value.length);
          controller.enqueue(value);
        }
      },
      cancel: free,
    },
    { highWaterMark: 0 },
  );
}
