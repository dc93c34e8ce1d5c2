/** The ISO 20022 gateway: messages over HTTPS with mutual TLS, in and out of the switch. */
package org.civicswitch.gateway.iso20022.http;
