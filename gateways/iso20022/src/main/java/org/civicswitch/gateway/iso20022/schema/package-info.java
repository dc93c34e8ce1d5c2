/**
 * ISO 20022 message definitions: compiled from the official schemas, and checked while a message is
 * read once.
 */
package org.civicswitch.gateway.iso20022.schema;
