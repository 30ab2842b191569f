package io.kinesisagent.tests.support;

/** How a writer ends one file and begins the next. */
public enum Rotation {
  /** app.log becomes app.log.1, app.log.1 becomes app.log.2 and so on; a new app.log. */
  RENAME,
  /** app.log is copied to app.log.N and cut to nothing; the writer goes on with it. */
  COPY_TRUNCATE,
  /** app.log is cut to nothing; the writer goes on with it. */
  TRUNCATE,
  /** The next file has another name, app-N.log; the old one stays as it is. */
  NEW_NAME,
  /** app.log is deleted; a new app.log. */
  DELETE,
  /** A new file is written aside and renamed over app.log. */
  REPLACE
}
