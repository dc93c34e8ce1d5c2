/** Signing in by OpenID Connect; knows the provider, and nothing of accounts and pages. */
package org.civicswitch.ops.console.openid;
