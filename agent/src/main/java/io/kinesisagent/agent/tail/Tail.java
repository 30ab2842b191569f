package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.ack.AckTracker;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Framer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One generation of one file: what identifies it, how far it was read and settled. A file that is
 * truncated or whose inode is used again begins a new generation; a file that is renamed goes on,
 * and so does one whose content moved into a copy. The state lives on when the handle is closed.
 * Owned by the flow's thread.
 */
public final class Tail {
  /** What is going on with a generation. */
  public enum Phase {
    /** It is read as it grows. */
    FOLLOWING,
    /** It may be a copy of another generation; nothing of it is read before that is clear. */
    HELD,
    /** Its file was cut; what it had not read yet may be found in a copy. */
    CUT,
    /** It is over: read to the end, or its file is not to be found. */
    FINISHED
  }

  final long generation;
  final Account account = new Account();
  final Room room = new Room();
  private final Appends appends = new Appends();

  /** The same of what has not settled yet, if it was read or not. */
  private final Appends arrivals = new Appends();

  long origin;
  AckTracker<Position> acks;

  FileKey key;
  Path path;
  Phase phase = Phase.FOLLOWING;
  Fingerprint head = Fingerprint.NONE;
  long firstBytes;
  Position position;
  Position tracked;
  OpenFile handle;
  long size;
  long changed;
  long grewAtNanos;

  /** How often its file was seen to have been written to. */
  long writes;

  /** How often that was when it was looked into before it came to rest. */
  long writesLookedInto = -1;

  long pollDueNanos;
  private long lookedAtNanos;
  private boolean looked;
  long rotatedAtNanos;
  boolean rotated;
  boolean copy;
  boolean gone;
  boolean fromEnd;

  /** Where its file ended when it was first seen, for one that begins there. */
  long endAtFirst;

  boolean begun;
  boolean indexed;
  boolean forgotten;
  boolean ready;
  boolean ended;
  boolean verifyHead;

  /** Whether it was at rest when its handle was closed, and has not changed since. */
  boolean letGoAtRest;

  long heldSize;
  Framer.Flush flushed = Framer.Flush.NOTHING;

  /** Where the record begins that was found unfinished last. */
  private long unfinishedFrom = -1;

  private long unfinishedAtNanos;

  final Offered offered = new Offered();
  int headerLinesLeft;

  /** Up to where the record at its position was searched for its end, in vain. */
  long searchedTo;

  /** The checksum of what was searched: it may be something else by now. */
  int searchedCrc;

  long seenTo;

  LongSpan longSpan;
  String trouble;
  String why = "it is new";
  long retryAtNanos;
  long troubledNanos;

  /** Whether it could not be read when it was its turn last, when that was, and since when. */
  boolean failing;

  long failedNanos;
  long failingSinceNanos;
  final Rungs rungs = new Rungs();

  /** How often it went on in another file. */
  long moves;

  /**
   * @param generation its number, given once in the life of a flow
   * @param origin the offset that reading began at
   * @param start where to read on; {@code origin} for a generation that is new
   */
  Tail(long generation, FileKey key, Path path, long origin, Position start) {
    this.generation = generation;
    this.key = key;
    this.path = path;
    this.origin = origin;
    this.position = start;
    this.tracked = start;
    this.acks = new AckTracker<>(start);
    this.searchedTo = start.offset();
  }

  /** The generation's number, given once in the life of a flow. */
  public long generation() {
    return generation;
  }

  /**
   * Whether nothing was read of it, or only the NULs of a hole, which other files may begin with,
   * too.
   */
  boolean readNothing() {
    long read = position.offset();
    return read == 0 || (firstBytes == 0 && origin == 0 && position.crc() == Crc32c.ofNuls(read));
  }

  /** Where its file was last seen. */
  public Path path() {
    return path;
  }

  public FileKey key() {
    return key;
  }

  /** What its file is told from others by. */
  public FileIdentity identity() {
    return new FileIdentity(key, head, firstBytes);
  }

  public Phase phase() {
    return phase;
  }

  public Fingerprint head() {
    return head;
  }

  /** The first eight bytes of its file as a number, 0 where it has fewer. */
  public long firstBytes() {
    return firstBytes;
  }

  /** The offset that reading began at. */
  public long origin() {
    return origin;
  }

  /** The end of what was read and handed on, in source bytes. */
  public Position position() {
    return position;
  }

  /** The end of the settled prefix. */
  public Position watermark() {
    return acks.watermark();
  }

  /**
   * Places that are settled, in the order of their offsets.
   *
   * @param all whether all that are known, or only some
   */
  public List<Rungs.Rung> settledRungs(boolean all) {
    return rungs.tell(watermark().offset(), all);
  }

  /** The size of its file when last seen, in bytes. */
  public long size() {
    return size;
  }

  /** Up to where its file is written, as far as is known: behind it there may be room. */
  public long written() {
    return Math.min(size, room.from());
  }

  /** Whether its file is known to end with room that a writer may fill. */
  boolean hasRoom() {
    return room.from() < size;
  }

  /** Whether something was written where the room began that its file ended with. */
  boolean roomIsFilled() throws IOException {
    return hasRoom() && handle != null && room.isFilled(handle);
  }

  /** Source bytes that are known to be there and were not read yet. */
  public long bytesUnread() {
    return ended || phase == Phase.FINISHED ? 0 : Math.max(0, written() - position.offset());
  }

  /** Source bytes that are known to be there and have not settled yet, whether read or not. */
  public long bytesBehind() {
    return bytesUnread() + position.offset() - unsettledFrom();
  }

  /** How long ago the first of the bytes behind was appended, as near as is known. */
  public long behindForNanos(long nowNanos) {
    return looked && bytesBehind() > 0
        ? Math.max(0, nowNanos - arrivals.atNanos(unsettledFrom(), lookedAtNanos))
        : 0;
  }

  /** The header of a file is no record, so nothing of it has to settle. */
  private long unsettledFrom() {
    return settled() ? position.offset() : watermark().offset();
  }

  /**
   * Takes note that its file was looked at: what it holds beyond what was seen before was appended
   * by now.
   */
  public void lookedAt(long nowNanos) {
    passed();
    arrived(nowNanos);
    lookedAtNanos = nowNanos;
    looked = true;
  }

  /**
   * Takes note that its file was found grown to {@link #size}.
   *
   * @param modifiedAgoNanos how long ago the file says it was modified; believed as far as what the
   *     agent has seen itself does not contradict it
   * @param wholeLookNanos a look at everything after which it was not found grown yet
   */
  void grown(long nowNanos, long modifiedAgoNanos, long wholeLookNanos) {
    long longest =
        looked
            ? Math.max(0, Math.min(nowNanos - lookedAtNanos, nowNanos - wholeLookNanos))
            : Long.MAX_VALUE;
    passed();
    arrived(nowNanos - Math.min(longest, Math.max(0, modifiedAgoNanos)));
    lookedAtNanos = nowNanos;
    looked = true;
  }

  private void passed() {
    appends.passed(position.offset());
    arrivals.passed(unsettledFrom());
  }

  private void arrived(long atNanos) {
    appends.grown(size, atNanos);
    arrivals.grown(size, atNanos);
  }

  /**
   * When the byte at an offset that was not read yet was appended, by the agent's clock, as near as
   * is known: by the file's modification time when it was found grown, never before the look that
   * had not found it yet.
   */
  public long appendedAtNanos(long offset) {
    return appends.atNanos(offset, lookedAtNanos);
  }

  public Account account() {
    return account;
  }

  /** Whether more is known of the places that it passed than the last checkpoint told of. */
  public boolean dense() {
    return rungs.dense();
  }

  /** Whether its file has been renamed, replaced or deleted. */
  public boolean rotated() {
    return rotated;
  }

  /** Whether it is held as a copy that its original may yet cover more of. */
  public boolean copy() {
    return copy || phase == Phase.HELD;
  }

  /** Whether no path under the patterns leads to its file any more. */
  public boolean gone() {
    return gone;
  }

  /** Whether a handle is open. */
  public boolean open() {
    return handle != null;
  }

  /** Why it cannot be read at the moment, or null. */
  public String trouble() {
    return trouble;
  }

  /** Whether what was read is not tracked yet. */
  public boolean untracked() {
    return headerLinesLeft == 0 && tracked.offset() != position.offset();
  }

  /**
   * Takes what was read since the last time as a span.
   *
   * @return the ticket to settle it with
   */
  public long track() {
    tracked = position;
    return acks.track(position);
  }

  /**
   * Settles a span.
   *
   * @return whether the watermark moved
   */
  public boolean settle(long ticket) {
    boolean moved = acks.settle(ticket);
    if (moved) {
      arrivals.passed(unsettledFrom());
    }
    return moved;
  }

  /**
   * How many of the records that became of the one at its position were taken, while the rest had
   * no room.
   */
  public int piecesTaken() {
    return offered.pieces;
  }

  /** Says how many were taken; 0 once all were. */
  public void piecesTaken(int pieces) {
    offered.pieces = pieces;
  }

  /** Whether its state is not worth keeping any more. */
  public boolean forgotten() {
    return forgotten;
  }

  /** Says that its state is not worth keeping any more. */
  public void forget() {
    forgotten = true;
  }

  /** Whether nothing of what was read is outstanding. */
  public boolean settled() {
    return acks.outstanding() == 0 && !untracked();
  }

  /** Whatever the path leads to next may be another file. */
  void toBeVerified() {
    letGoAtRest = false;
    if (!verifyHead) {
      verifyHead = true;
      heldSize = Math.max(size, position.offset());
    }
  }

  /** The same of a file that was at rest when its handle was closed: any change of it is seen. */
  void letGoAtRest() {
    toBeVerified();
    letGoAtRest = true;
  }

  /** Whether its file is open, and known to be the one that it was when it was read. */
  boolean held() {
    return handle != null && !verifyHead;
  }

  /** Whether what its file holds is known as long as the file does not change. */
  boolean sure() {
    return !verifyHead || letGoAtRest;
  }

  /** Whether nothing more is read of it as it is. */
  boolean over() {
    return phase == Phase.FINISHED || phase == Phase.CUT;
  }

  /** Whether it could not be read, and is not due to be tried again. */
  boolean waitsForRetry(long nowNanos) {
    return trouble != null && nowNanos - retryAtNanos < 0;
  }

  /** Takes note that the record at its position is not whole. */
  void unfinished(long nowNanos) {
    if (unfinishedFrom != position.offset()) {
      unfinishedFrom = position.offset();
      unfinishedAtNanos = nowNanos;
    }
  }

  /** Whether the record at its position has been known as unfinished for some time. */
  boolean unfinishedFor(long nanos, long nowNanos) {
    return unfinishedFrom == position.offset() && nowNanos - unfinishedAtNanos >= nanos;
  }

  /** Begins at a place instead, before anything was read. */
  void startAt(long newOrigin, Position start) {
    origin = newOrigin;
    position = start;
    tracked = start;
    acks = new AckTracker<>(start);
    rungs.clear();
    searchedTo = start.offset();
    headerLinesLeft = start.offset() > 0 ? 0 : headerLinesLeft;
  }

  /** Takes note that its file was read up to a place. */
  void moveTo(Position newPosition) {
    account.read(newPosition.offset() - position.offset());
    rungs.pass(newPosition);
    position = newPosition;
    searchedTo = newPosition.offset();
    longSpan = null;
  }

  /**
   * Two generations trade the files that they are in, with all that belongs to the file and not to
   * its content.
   */
  void tradeFiles(Tail other) {
    FileKey otherKey = other.key;
    Path otherPath = other.path;
    OpenFile otherHandle = other.handle;
    long otherSize = other.size;
    long otherChanged = other.changed;
    long otherGrewAtNanos = other.grewAtNanos;
    long otherRotatedAtNanos = other.rotatedAtNanos;
    boolean otherRotated = other.rotated;
    boolean otherGone = other.gone;
    other.takeFile(key, path, handle, size, changed, grewAtNanos);
    other.rotatedAtNanos = rotatedAtNanos;
    other.rotated = rotated;
    other.gone = gone;
    takeFile(otherKey, otherPath, otherHandle, otherSize, otherChanged, otherGrewAtNanos);
    rotatedAtNanos = otherRotatedAtNanos;
    rotated = otherRotated;
    gone = otherGone;
  }

  private void takeFile(
      FileKey newKey, Path newPath, OpenFile newHandle, long newSize, long newChanged, long grew) {
    key = newKey;
    path = newPath;
    handle = newHandle;
    size = newSize;
    changed = newChanged;
    grewAtNanos = grew;
    arrived(grew);
    trouble = null;
    verifyHead = false;
    flushed = Framer.Flush.NOTHING;
    unfinishedFrom = -1;
    searchedTo = position.offset();
    seenTo = 0;
    room.forget();
    longSpan = null;
    moves++;
  }

  @Override
  public String toString() {
    return path + " " + key + " generation " + generation + " at " + position.offset();
  }
}
