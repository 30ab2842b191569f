/** Holds the arrows between modules and packages. */
package io.kinesisagent.tests.architecture;
