/** {@code ./civicswitch reporting}: how far the reporting store is, and making it anew. */
package org.civicswitch.ops.cli.reporting;
