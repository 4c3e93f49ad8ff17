import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.io.sstable.CQLSSTableWriter;
import org.apache.cassandra.utils.ByteBufferUtil;

/**
 * Writes rows from standard input as SSTables: RowsToSstables DIRECTORY CREATE_TABLE INSERT COLUMNS BUFFER_MIB.
 * A row is that many cells, a cell its length (32 bits, big endian) and its bytes, as in the native protocol: -1 is
 * null, -2 is unset. Prints the number of rows periodically, and at the end.
 */
public final class RowsToSstables {
  private static final int NOT_SET = -2;
  private static final long TELL_EVERY_ROWS = 100_000;

  private RowsToSstables() {}

  public static void main(String[] args) throws Exception {
    // Logs of the server's classes must not mix with the numbers.
    PrintStream out = System.out;
    System.setOut(System.err);
    // The node's own configuration decides the SSTable format; it cannot import a newer one.
    DatabaseDescriptor.toolInitialization();
    long rows = 0;
    ByteBuffer[] cells = new ByteBuffer[Integer.parseInt(args[3])];
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
        CQLSSTableWriter writer =
            CQLSSTableWriter.builder()
                .inDirectory(args[0])
                .forTable(args[1])
                .using(args[2])
                .withBufferSizeInMiB(Integer.parseInt(args[4]))
                .build()) {
      while (readRow(in, cells)) {
        writer.rawAddRow(Arrays.asList(cells));
        if (++rows % TELL_EVERY_ROWS == 0) out.println(rows);
      }
    }
    out.println(rows);
    out.flush();
    // Threads of the server's classes would keep the process alive.
    System.exit(0);
  }

  /** False at the end, which must fall between two rows. */
  private static boolean readRow(DataInputStream in, ByteBuffer[] cells) throws IOException {
    for (int column = 0; column < cells.length; column++) {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException end) {
        if (column == 0) return false;
        throw end;
      }
      cells[column] = length == NOT_SET ? ByteBufferUtil.UNSET_BYTE_BUFFER : length < 0 ? null : readCell(in, length);
    }
    return true;
  }

  private static ByteBuffer readCell(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
