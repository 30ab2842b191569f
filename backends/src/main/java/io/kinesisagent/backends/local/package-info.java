/**
 * Destinations on this host: rolling files and standard output. It knows nothing of AWS, and of the
 * engine no more than the plugin interface.
 */
package io.kinesisagent.backends.local;
