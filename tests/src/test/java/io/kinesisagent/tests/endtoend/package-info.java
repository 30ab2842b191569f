/** The program as people run it, from files to an endpoint, in the face of rotation and faults. */
package io.kinesisagent.tests.endtoend;
