/** The real agent beside a real writer for minutes, with whatever a seed makes of it. */
package io.kinesisagent.tests.soak;
