/**
 * What every AWS service needs, whatever is sent to it: settings, region, endpoint, credentials,
 * the HTTP client, and the meaning of its faults. It knows no single service's requests.
 */
package io.kinesisagent.backends.aws;
