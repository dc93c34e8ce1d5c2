package org.civicswitch.gateway.iso20022.message;

/** A binder of a document. */
abstract class BodyBinder extends Binder {
  /** What has been read; complete once the message is checked to its end. */
  abstract InboundBody body();

  /** Called once the message is checked to its end. */
  void finish() {}
}
