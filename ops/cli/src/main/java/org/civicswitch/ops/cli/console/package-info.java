/** {@code ./civicswitch console}: who may sign in to it. */
package org.civicswitch.ops.cli.console;
