/** The real agent beside very many files, very long lines and very fast rotation. */
package io.kinesisagent.tests.scale;
