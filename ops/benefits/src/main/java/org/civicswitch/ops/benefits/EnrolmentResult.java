package org.civicswitch.ops.benefits;

/**
 * What became of an enrolment.
 *
 * @param enrolled persons with a standing verdict now
 * @param refused persons told of one by one
 */
public record EnrolmentResult(long enrolled, long refused) {}
