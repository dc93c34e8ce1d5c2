package org.civicswitch.core.host;

/** One command's place in the ring. The bytes lie in two byte rings; the entry says where. */
final class HostEntry {
  long sequence;
  long timeMs;

  /** Null for the host's own pulses. */
  HostClient client;

  long correlationId;

  /** Who has a credit less until this is answered; 0 for none. */
  int participant;

  boolean newInstruction;
  int commandOffset;
  int commandLength;

  /** Where the command's bytes end, counted from the start of time: frees the byte ring. */
  long commandEnd;

  int outcomeOffset;
  int outcomeLength;
  int eventsOffset;
  int events;
  long outputEnd;
}
