/** ISO 20022 messages as the switch understands them: read, kept private, written again. */
package org.civicswitch.gateway.iso20022.message;
