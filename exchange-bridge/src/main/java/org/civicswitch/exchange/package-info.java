/**
 * Registries' notices into the switch. The bridge stands where an X-Road information system stands:
 * behind a security server, or called directly over mutual TLS, with X-Road's request headers
 * (X-Road Message Protocol for REST, sections 4.3 and 4.4). It translates; the engine decides.
 */
package org.civicswitch.exchange;
