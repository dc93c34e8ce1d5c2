/** Who may sign in to the console, and who has. Knows no HTTP. */
package org.civicswitch.ops.console.accounts;
