package org.civicswitch.ops.console;

/** What has just been done, on the page that one is led to. */
final class Done {
  private Done() {}

  /** Empty for anything else. */
  static String words(final String done) {
    return switch (String.valueOf(done)) {
      case "proposed" -> "Proposed, with your signature. Others approve it now.";
      case "made" -> "Done, with your signature: no rule wanted others.";
      case "approved" -> "Approved, with your signature. It needs more approvals.";
      case "executed" -> "Approved, with your signature, and done.";
      case "failed" -> "Approved, but the change was not possible any more. Nothing is different.";
      case "withdrawn" -> "Withdrawn. Nothing was changed.";
      case "rejected" -> "Rejected. Nothing was changed.";
      case "statement" -> "The statement is taken in, and compared with the switch below.";
      case "there" -> "This very file was taken in before. Nothing is different.";
      case "broken" -> "Done alone, with your signature. Everybody sees it, and why.";
      default -> "";
    };
  }
}
