/** Publishes the agent's measurements as CloudWatch metrics. It knows nothing of records. */
package io.kinesisagent.backends.cloudwatch;
