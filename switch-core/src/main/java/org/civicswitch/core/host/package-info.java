/**
 * The embedded host: one machine, one journal, one engine.
 *
 * <pre>
 *                          +--&gt; journal (write, one force per batch) --+--&gt; outcomes to clients
 *   clients --&gt; sequencer --|                                           |
 *               (ring)     +--&gt; engine (apply, outputs to a ring) -----+--&gt; events to the feed
 * </pre>
 *
 * Journal and engine work in parallel; what comes out waits behind both. An outcome does not wait
 * for the feed. Any failure of a stage halts the host: the stage's place in the ring stays where it
 * is, so that nothing behind it is ever released.
 */
package org.civicswitch.core.host;
