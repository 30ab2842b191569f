package io.kinesisagent.benchmarks.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLSocketFactory;

/**
 * About the least that a JVM can do to ship a file's lines as PutRecords requests over TLS: read,
 * find newlines, encode, hash the body, write to a socket, drain the reply. No tracking, no retry,
 * no real signature. Run beside the agent it says how much of the agent's cost is the agent's own.
 *
 * <p>{@code Floor FILE PORT}; prints what it cost when the file is sent.
 */
final class Floor {
  private static final int SENDERS = 4;
  private static final int RECORDS = 500;
  private static final int BODY_BYTES = 1 << 20;
  private static final Body END = new Body(0);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BlockingQueue<Body> full = new ArrayBlockingQueue<>(2 * SENDERS);
  private final BlockingQueue<Body> free = new ArrayBlockingQueue<>(3 * SENDERS);
  private final int port;

  private Floor(int port) {
    this.port = port;
    for (int i = 0; i < 3 * SENDERS; i++) {
      free.add(new Body(BODY_BYTES));
    }
  }

  /** The program. */
  public static void main(String[] args) throws Exception {
    Floor floor = new Floor(Integer.parseInt(args[1]));
    Thread[] senders = new Thread[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
      senders[i] = new Thread(floor::send, "sender");
      senders[i].setUncaughtExceptionHandler(
          (thread, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      senders[i].start();
    }
    floor.read(Path.of(args[0]));
    floor.full.put(END);
    for (Thread sender : senders) {
      sender.join();
    }
    System.out.println(Cost.ofThisProcess().format());
  }

  private void read(Path file) throws IOException, InterruptedException {
    byte[] chunk = new byte[BODY_BYTES / 2];
    ByteBuffer view = ByteBuffer.wrap(chunk);
    Body body = free.take().begin();
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(view) > 0) {
        int from = 0;
        for (int end = newline(chunk, 0, view.position());
            end >= 0;
            end = newline(chunk, from, view.position())) {
          if (body.records == RECORDS || !body.fits(end + 1 - from)) {
            full.put(body.end());
            body = free.take().begin();
          }
          body.add(chunk, from, end + 1);
          from = end + 1;
        }
        view.flip().position(from);
        view.compact();
      }
    }
    full.put(body.end());
  }

  private static int newline(byte[] data, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) LONGS.get(data, at) ^ 0x0A0A0A0A0A0A0A0AL;
      long hit = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
      if (hit != 0) {
        return at + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    while (at < to && data[at] != '\n') {
      at++;
    }
    return at < to ? at : -1;
  }

  private void send() {
    try (Socket socket = SSLSocketFactory.getDefault().createSocket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] reply = new byte[1 << 16];
      for (Body body = full.take(); body != END; body = full.take()) {
        digest.update(body.bytes, 0, body.length);
        out.write(head(HexFormat.of().formatHex(digest.digest()), body.length));
        out.write(body.bytes, 0, body.length);
        out.flush();
        free.put(body);
        drain(in, reply);
      }
      full.put(END);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] head(String hash, int length) {
    return ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-cbor-1.1\r\n"
            + "X-Amz-Target: Kinesis_20131202.PutRecords\r\nX-Amz-Content-Sha256: "
            + hash
            + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/kinesis/"
            + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + hash
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads a reply to its end; its head fits the array. */
  private static void drain(DataInputStream in, byte[] reply) throws IOException {
    int have = 0;
    int bodyStart = -1;
    int need = Integer.MAX_VALUE;
    while (have < need) {
      int read =
          in.read(
              reply, bodyStart < 0 ? have : 0, bodyStart < 0 ? reply.length - have : reply.length);
      if (read < 0) {
        throw new IOException("the sink closed the connection");
      }
      have += read;
      if (bodyStart < 0) {
        String head = new String(reply, 0, Math.min(have, 1024), StandardCharsets.ISO_8859_1);
        bodyStart = head.indexOf("\r\n\r\n");
        if (bodyStart >= 0) {
          String name = "Content-Length: ";
          int at = head.indexOf(name) + name.length();
          need = bodyStart + 4 + Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
        }
      }
    }
  }

  /** One request's body in CBOR. */
  private static final class Body {
    private static final byte[] START = {
      (byte) 0xBF, 0x67, 'R', 'e', 'c', 'o', 'r', 'd', 's', (byte) 0x9F
    };
    private static final byte[] DATA = {(byte) 0xA2, 0x64, 'D', 'a', 't', 'a', 0x59};
    private static final byte[] KEY = "lPartitionKeyj".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = "jStreamNameebench".getBytes(StandardCharsets.US_ASCII);
    private static final int OVERHEAD = 64;

    private final byte[] bytes;
    private int length;
    private int records;

    private Body(int capacity) {
      this.bytes = new byte[capacity];
    }

    private Body begin() {
      length = 0;
      records = 0;
      put(START, 0, START.length);
      return this;
    }

    private boolean fits(int size) {
      return length + size + OVERHEAD <= bytes.length;
    }

    private void add(byte[] source, int from, int to) {
      put(DATA, 0, DATA.length);
      bytes[length++] = (byte) ((to - from) >> Byte.SIZE);
      bytes[length++] = (byte) (to - from);
      put(source, from, to);
      put(KEY, 0, KEY.length);
      long key = ThreadLocalRandom.current().nextLong() >>> 1;
      for (int i = 0; i < 10; i++) {
        bytes[length++] = (byte) ('0' + key % 10);
        key /= 10;
      }
      records++;
    }

    private Body end() {
      bytes[length++] = (byte) 0xFF;
      put(STREAM, 0, STREAM.length);
      bytes[length++] = (byte) 0xFF;
      return this;
    }

    private void put(byte[] source, int from, int to) {
      System.arraycopy(source, from, bytes, length, to - from);
      length += to - from;
    }
  }
}
