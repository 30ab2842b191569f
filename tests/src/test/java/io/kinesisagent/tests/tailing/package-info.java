/** Every hazard of files that are tailed, on a real file system; a test's name says which. */
package io.kinesisagent.tests.tailing;
