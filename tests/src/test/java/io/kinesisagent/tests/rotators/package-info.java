/** Rotation by the programs that people rotate with, writing and rotating for real. */
package io.kinesisagent.tests.rotators;
