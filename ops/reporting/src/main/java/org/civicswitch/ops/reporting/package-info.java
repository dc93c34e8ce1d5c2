/** The reporting store: the feed in SQL, each event once, and the search in it. */
package org.civicswitch.ops.reporting;
