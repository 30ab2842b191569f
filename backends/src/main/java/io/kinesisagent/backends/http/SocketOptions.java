package io.kinesisagent.backends.http;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocketFactory;

/**
 * How connections are made and kept.
 *
 * @param maxConnections most connections at once, at least 1
 * @param connectMillis how long connecting may take; 0 for ever
 * @param silenceMillis how long to wait for a byte of an answer; 0 for ever
 * @param acquireMillis how long to wait for one of the connections
 * @param ttlMillis how long a connection is used; 0 and less for as long as it works
 * @param tcpKeepAlive whether idle connections are probed
 * @param tls makes TLS of a connection
 * @param names decides whether a certificate is the host's
 */
public record SocketOptions(
    int maxConnections,
    long connectMillis,
    long silenceMillis,
    long acquireMillis,
    long ttlMillis,
    boolean tcpKeepAlive,
    SSLSocketFactory tls,
    HostnameVerifier names) {}
