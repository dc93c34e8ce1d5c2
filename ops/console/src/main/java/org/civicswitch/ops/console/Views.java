package org.civicswitch.ops.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What templates and answers are made of: values only, each already in words and figures. */
final class Views {
  private Views() {}

  /**
   * What surrounds every page.
   *
   * @param stream the page's one event stream, or empty for a page that stands still
   * @param traffic null when there is no generator
   * @param person who has signed in, or null
   * @param signIn whether anybody can sign in here
   * @param shut whether nothing but the sign-in may be shown
   * @param part whether who looks sees but a part
   * @param treasury whether anything can be changed from here
   * @param moments whether the page can be had as of another moment
   * @param moment that it is as of, or null: as it is now
   * @param onlyNow whether another moment was asked of a page that there is only as it is now
   * @param command that shows the same in a shell, or empty
   * @param curl the same for programs, or empty
   */
  record Chrome(
      String title,
      String banner,
      String section,
      String stream,
      AsOf asOf,
      long incompleteFrom,
      String version,
      String assetsVersion,
      String csrf,
      Traffic traffic,
      Person person,
      boolean signIn,
      boolean shut,
      boolean treasury,
      boolean part,
      List<Glass> glass,
      boolean moments,
      Moment moment,
      boolean onlyNow,
      String command,
      String curl) {}

  /**
   * A moment of the past.
   *
   * @param hash of the switch's state then, or empty
   * @param why it is not known, or empty while it is being computed
   * @param now where the page is as it is now
   * @param command that makes the state in a shell, or empty
   */
  record Moment(
      long sequence,
      String time,
      String ago,
      String hash,
      String why,
      String now,
      String command) {}

  /** A glass that was broken within the last day. */
  record Glass(String kind, long operator, String reason, long sequence, String time) {}

  record Person(String name, String roles) {}

  /**
   * @param answer why the last attempt failed, or empty
   * @param account whose one-time login was followed, or empty
   * @param once that login
   * @param logins where a development switch keeps them, or empty
   * @param openId the provider by whose word one may sign in too, or empty
   */
  record SignIn(
      String csrf,
      String next,
      String answer,
      String account,
      String once,
      String logins,
      String openId) {
    /** Where that begins. */
    String openIdPath() {
      return "/sign-in/openid?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }

  record Traffic(boolean running, String description) {}

  /** One currency's proof of funds. */
  record Funds(
      Money positions,
      Money programmeCash,
      Money reserved,
      Money vouchers,
      Money inside,
      Money settlementAccount,
      Money difference,
      boolean holds) {}

  record Proof(AsOf asOf, boolean holds, List<Funds> funds) {}

  /**
   * @param share of headroom against the most there ever was, 0 to 100
   * @param level {@code ok}, {@code low} or {@code critical}
   * @param levelText the same in words
   */
  record Position(
      long participantNumber,
      String participant,
      String name,
      String status,
      Money available,
      Money reserved,
      Money posted,
      Money netDebitCap,
      Money headroom,
      int share,
      String level,
      String levelText) {}

  /** Latency of one stage over the last minute, in words. */
  record Stage(
      String name, long count, String p50, String p99, String p999, String max, long p99Micros) {}

  /** Payments by what became of them, since the first event read. */
  record Totals(long reserved, long settled, long rejected, long expired, long refusals) {}

  record Figures(
      String settledPerSecond,
      long paymentsSeen,
      String p99,
      int participants,
      long held,
      boolean proofHolds) {}

  /**
   * @param tone {@code good}, {@code bad}, {@code open} or {@code back}
   * @param life from reserved to final, in words, or a dash
   */
  record PaymentRow(
      String uetr,
      String brief,
      String time,
      String from,
      String to,
      Money amount,
      String state,
      String tone,
      String life,
      String run) {}

  record Posting(String account, String side, String stage, Money amount) {}

  /**
   * A message that belongs to a step.
   *
   * @param id of a message that the switch sent, or empty
   */
  record Message(String name, String from, String to, String id) {}

  record PaymentStep(
      String title,
      String explanation,
      String tone,
      String time,
      String after,
      long feedSequence,
      long logSequence,
      String code,
      String reason,
      String otherUetr,
      List<Message> messages,
      List<Posting> postings) {}

  record Payment(
      AsOf asOf,
      PaymentRow row,
      String fromName,
      String toName,
      Money returned,
      String created,
      String deadline,
      String valueDate,
      long window,
      int scheme,
      String settlementModel,
      String mode,
      String envelope,
      long line,
      String returnOf,
      List<PaymentStep> steps) {}

  record Reason(String reason, long count) {}

  record Envelope(
      String id,
      String brief,
      String programme,
      long cycle,
      String state,
      String tone,
      long declaredCount,
      Money declaredTotal,
      long added,
      Money addedTotal,
      long sent,
      long settled,
      Money settledTotal,
      long rejected,
      long expired,
      long held,
      long returned,
      long approvals,
      long done,
      int percent,
      String rate,
      String eta,
      String changed,
      List<Reason> reasons) {}

  record Programme(
      String code,
      String payer,
      Money cash,
      Money committed,
      Money reserved,
      Money authority,
      Money spent,
      Money voucherReserve) {}

  record Voucher(
      String id,
      String programme,
      Money amount,
      Money left,
      int category,
      String state,
      String tone,
      String expires) {}

  record Held(String subject, String status, String notice, long lines, String since) {}

  record Home(
      AsOf asOf,
      Proof proof,
      Figures figures,
      List<Position> positions,
      List<Stage> stages,
      Series series,
      Totals totals,
      List<PaymentRow> payments,
      List<Envelope> envelopes) {}

  record Office(
      AsOf asOf,
      List<Programme> programmes,
      List<Envelope> envelopes,
      List<Voucher> vouchers,
      List<Held> held,
      long heldCount) {}

  /** Seconds and what happened in them; latencies in milliseconds, null where nothing did. */
  record Series(
      AsOf asOf,
      List<Long> second,
      List<Integer> settled,
      List<Integer> failed,
      List<Double> p50,
      List<Double> p99,
      List<Double> p999) {}

  /** One thing that a change makes different. */
  record Effect(String what, String before, String after) {}

  /**
   * A proposal.
   *
   * @param approvers numbers of operators whose approvals count
   * @param mine whether it waits for who looks
   * @param overtaken whether what it is about was changed after it was proposed
   */
  record Approval(
      String id,
      String brief,
      String kind,
      List<Effect> effects,
      int proposer,
      int approvals,
      int needed,
      List<Integer> approvers,
      String age,
      String proposed,
      String expires,
      String state,
      String tone,
      String why,
      boolean mine,
      boolean overtaken,
      int signer,
      long proposedSequence,
      long changedSequence,
      long staleBefore,
      String hash) {}

  /**
   * @param seen the sequence that effects are so at
   */
  record Approvals(List<Approval> open, List<Approval> closed, long seen, boolean signedIn) {}

  /**
   * @param seal over what is shown, for what is signed to be that
   */
  record ApprovalPage(
      Approval proposal,
      long seen,
      String csrf,
      String seal,
      boolean mayApprove,
      boolean mayClose,
      String closeWord,
      String approveCommand,
      String closeCommand) {}

  record Choice(String value, String label) {}

  /**
   * @param choices none: typed freely
   * @param wrong why it cannot be taken, or empty
   */
  record Field(
      String name, String label, String value, String hint, List<Choice> choices, String wrong) {}

  record ChangePage(String kind, String title, List<Field> fields, List<String> rules) {}

  record Preview(
      String kind,
      String title,
      Map<String, String> fields,
      List<Effect> effects,
      long seen,
      List<String> rules,
      String csrf,
      String seal,
      boolean mayPropose,
      boolean mayBreakGlass,
      String command,
      String breakCommand) {}

  /**
   * The payments page.
   *
   * @param asked the UETR that was typed, or empty
   * @param answer what was wrong, or empty
   * @param store whether there is a reporting store
   * @param anyParticipant whether all participants' payments may be seen
   */
  record Search(
      PaymentFilter filter,
      String asked,
      String answer,
      int kept,
      boolean store,
      boolean anyParticipant,
      List<PaymentRow> last,
      Found found,
      PaymentFilter.Choices choices) {}

  /**
   * What the reporting store found.
   *
   * @param shown false when nothing was asked of it
   * @param next where the next page is, or empty
   * @param lag how late the store is, in words
   */
  record Found(
      boolean shown, List<PaymentRow> rows, String next, String csv, long asOf, String lag) {
    static final Found NOTHING = new Found(false, List.of(), "", "", 0, "");
  }

  /**
   * @param capUsed of the cap, in percent, or a dash
   * @param left until nothing is left at the present rate, in words
   * @param soon whether that is soon
   */
  record LiquidityRow(Position position, String capUsed, String left, boolean soon) {}

  record Move(
      String time,
      long sequence,
      String participant,
      String what,
      Money amount,
      String reference) {}

  record Liquidity(AsOf asOf, List<LiquidityRow> rows, List<Move> moves) {}

  record Participant(
      long number, String code, String name, String status, String tone, String through) {}

  record Connection(long number, String sendsFor, String fingerprint) {}

  record Participants(AsOf asOf, List<Participant> participants, List<Connection> connections) {}
}
