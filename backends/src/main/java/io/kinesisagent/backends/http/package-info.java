/**
 * HTTP/1.1 over sockets, as little of it as requests to the services need: kept-alive connections,
 * time-outs, bodies of known length, in chunks, or up to the end of the connection. It knows the
 * SDK's interface for HTTP clients and nothing of services, credentials or proxies.
 */
package io.kinesisagent.backends.http;
