/** The configuration with the plugins that are shipped: its reference, its schema, its default. */
package io.kinesisagent.tests.config;
