/**
 * What operators change, and how several of them do it: a change is shown with its effect at the
 * sequence that was seen, proposed where a rule wants that, approved by others, or made behind
 * glass. Everything is decided by the switch; here is what people see of it and sign.
 */
package org.civicswitch.ops.treasury;
