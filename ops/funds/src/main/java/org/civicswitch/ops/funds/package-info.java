/** Proof of funds: what the settlement bank says against what the switch says. */
package org.civicswitch.ops.funds;
