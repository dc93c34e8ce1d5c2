/** Single pieces under JMH; {@code ./civicswitch bench jmh [REGEX]}. */
package org.civicswitch.bench.jmh;
