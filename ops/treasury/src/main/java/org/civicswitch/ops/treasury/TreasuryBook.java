package org.civicswitch.ops.treasury;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.ApprovalRuleChangedDecoder;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.ConfiguredDecoder;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;

/**
 * What a treasury knows from the feed: participants, assets, settings, rules, proposals. One thread
 * writes, any thread reads. Of closed proposals the last thousand are kept.
 */
public final class TreasuryBook implements AutoCloseable {
  private static final int CLOSED_KEPT = 1_000;

  /** A participant: what people call it, and whether it takes part. */
  public record Participant(int number, String code, String name, ParticipantStatus status) {}

  /** An asset: its letters and decimals. */
  public record Asset(int number, String code, int exponent) {}

  /**
   * A rule of approval.
   *
   * @param kind word of the kind of change it is for
   * @param asset 0: any
   * @param approvers the roles of whom one is needed, in words
   */
  public record Rule(String kind, int asset, long fromAmount, int approvals, String approvers) {}

  /** What a connection may send for somebody: a bit for each template. */
  record Grant(long kindsLow, long kindsHigh) {}

  /**
   * Somebody who signs.
   *
   * @param roles in words; empty for one who was taken out
   * @param key Ed25519
   */
  public record Operator(int number, String roles, Digest256 key) {}

  /** A programme, and how much money of which assets it has: minor units. */
  record Programme(String code, int cashAsset, int authorityAsset, long cash, long authority) {}

  private record RuleKey(int template, int asset, long fromAmount) {}

  private record Wanted(int approvals, String approvers) {}

  private record GrantKey(int connection, int forParticipant) {}

  private final Map<Integer, Participant> participants = new ConcurrentHashMap<>();
  private final Map<Integer, Asset> assets = new ConcurrentHashMap<>();
  private final Map<Integer, Operator> operators = new ConcurrentHashMap<>();
  private final Map<Integer, Programme> programmes = new ConcurrentHashMap<>();
  private final Map<Parameter, Long> settings = new ConcurrentHashMap<>();
  private final Map<RuleKey, Wanted> rules = new ConcurrentHashMap<>();
  private final Map<GrantKey, Grant> grants = new ConcurrentHashMap<>();
  private final Map<Id128, Proposal> proposals = new LinkedHashMap<>();
  private final Map<Id128, byte[]> changes = new HashMap<>();
  private final KeyHistory keys = new KeyHistory();
  private final SettlementBook settlement = new SettlementBook();
  private final FeedProjection projection;
  private volatile long sequence;

  TreasuryBook(final SwitchConnection connection) {
    final EventHandlers handlers = new EventHandlers();
    handlers
        .on(
            ParticipantChangedDecoder.TEMPLATE_ID,
            new ParticipantChangedDecoder(),
            ParticipantChangedDecoder::wrap,
            (sequence, event) -> {
              final int number = (int) event.participant();
              participants.put(
                  number,
                  new Participant(
                      number, event.code().strip(), event.name().strip(), event.status()));
            })
        .on(
            AssetDefinedDecoder.TEMPLATE_ID,
            new AssetDefinedDecoder(),
            AssetDefinedDecoder::wrap,
            (sequence, event) -> {
              final int number = (int) event.asset();
              assets.put(number, new Asset(number, event.code().strip(), event.exponent()));
            })
        .on(
            OperatorChangedDecoder.TEMPLATE_ID,
            new OperatorChangedDecoder(),
            OperatorChangedDecoder::wrap,
            (sequence, event) -> {
              final int number = (int) event.signer();
              final String roles = PlatformEffects.words(event.roles());
              operators.put(number, new Operator(number, roles, Digest256.of(event.publicKey())));
              keys.on(event, roles.isEmpty());
            })
        .on(
            ProgrammeChangedDecoder.TEMPLATE_ID,
            new ProgrammeChangedDecoder(),
            ProgrammeChangedDecoder::wrap,
            (sequence, event) ->
                programmes.put(
                    (int) event.programme(),
                    new Programme(
                        event.code().strip(),
                        (int) event.cashAsset(),
                        (int) event.authorityAsset(),
                        event.cash(),
                        event.authority())))
        .on(
            ConnectionChangedDecoder.TEMPLATE_ID,
            new ConnectionChangedDecoder(),
            ConnectionChangedDecoder::wrap,
            (sequence, event) ->
                grants.put(
                    new GrantKey((int) event.connection(), (int) event.forParticipant()),
                    new Grant(event.kindsLow(), event.kindsHigh())))
        .on(
            ConfiguredDecoder.TEMPLATE_ID,
            new ConfiguredDecoder(),
            ConfiguredDecoder::wrap,
            (sequence, event) -> settings.put(event.parameter(), event.value()))
        .on(
            ApprovalRuleChangedDecoder.TEMPLATE_ID,
            new ApprovalRuleChangedDecoder(),
            ApprovalRuleChangedDecoder::wrap,
            (sequence, event) -> rule(event))
        .on(
            ProposalChangedDecoder.TEMPLATE_ID,
            new ProposalChangedDecoder(),
            ProposalChangedDecoder::wrap,
            (sequence, event) -> proposal(event));
    settlement.addTo(handlers);
    final EventHeadDecoder head = new EventHeadDecoder();
    projection =
        FeedProjection.start(
            "treasury-feed",
            connection,
            1,
            (feedSequence, event, offset, length) -> {
              handlers.onEvent(feedSequence, event, offset, length);
              head.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH);
              sequence = head.sequence();
            });
  }

  private void rule(final ApprovalRuleChangedDecoder event) {
    final RuleKey key = new RuleKey(event.ruledTemplate(), (int) event.asset(), event.fromAmount());
    if (event.approvals() == 0) {
      rules.remove(key);
    } else {
      rules.put(key, new Wanted((int) event.approvals(), PlatformEffects.words(event.roles())));
    }
  }

  private void proposal(final ProposalChangedDecoder event) {
    final Id128 id = Id128.of(event.proposal());
    final Digest256 hash = Digest256.of(event.changeHash());
    synchronized (proposals) {
      final byte[] change = new byte[event.changeLength()];
      event.getChange(change, 0, change.length);
      // An id that is over and forgotten by the switch can be used again, for another change.
      final Proposal known = change.length > 0 ? null : proposals.get(id);
      final int needed = event.needed() == 0 && known != null ? known.needed() : event.needed();
      proposals.put(
          id,
          new Proposal(
              id,
              ChangeKind.word(event.changeTemplate()),
              event.state(),
              event.approvals(),
              needed,
              event.code(),
              (int) event.proposer(),
              (int) event.signer(),
              approvers(event, known),
              known == null ? event.at().sequence() : known.proposedSequence(),
              event.at().sequence(),
              known == null ? event.at().timeMs() : known.proposedMs(),
              event.expiresMs(),
              event.changedSequence(),
              hash));
      if (change.length > 0) {
        changes.put(id, change);
      }
      forgetOldest();
    }
  }

  /** The event counts; who was counted it told one by one. */
  private static List<Integer> approvers(final ProposalChangedDecoder event, final Proposal known) {
    if (known == null || event.approvals() == 0) {
      return List.of();
    }
    if (event.approvals() <= known.approvals()) {
      return known.approvers();
    }
    final List<Integer> more = new ArrayList<>(known.approvers());
    more.add((int) event.signer());
    return List.copyOf(more);
  }

  private void forgetOldest() {
    final long closed = proposals.values().stream().filter(p -> !p.isOpen()).count();
    if (closed > CLOSED_KEPT) {
      proposals.values().stream()
          .filter(p -> !p.isOpen())
          .findFirst()
          .ifPresent(
              oldest -> {
                proposals.remove(oldest.id());
                changes.remove(oldest.id());
              });
    }
  }

  /**
   * Waits until everything was read that was in the feed when the book was opened.
   *
   * @throws IllegalStateException if the feed cannot be followed or takes longer
   */
  public void awaitPast(final Duration patience) {
    projection.awaitCaughtUp(patience);
  }

  /**
   * The log sequence of the last event that was read: what is told here is so at that sequence, or
   * at a later one that no event has told of yet.
   */
  public long sequence() {
    return sequence;
  }

  /** The feed sequence up to which it was read. */
  public long feedSequence() {
    return projection.asOf();
  }

  /** By number. */
  public List<Participant> participants() {
    return participants.values().stream()
        .sorted(Comparator.comparingInt(Participant::number))
        .toList();
  }

  /** The participant of this BIC or number. */
  public Optional<Participant> participant(final String codeOrNumber) {
    return participants.values().stream()
        .filter(
            p -> p.code().equals(codeOrNumber) || Integer.toString(p.number()).equals(codeOrNumber))
        .findFirst();
  }

  /** The asset of this code. */
  public Optional<Asset> asset(final String code) {
    return assets.values().stream().filter(a -> a.code().equals(code)).findFirst();
  }

  /** By number. */
  public List<Operator> operators() {
    return operators.values().stream().sorted(Comparator.comparingInt(Operator::number)).toList();
  }

  public Optional<Operator> operator(final int number) {
    return Optional.ofNullable(operators.get(number));
  }

  /** The key with which an operator signed at a sequence of the log; empty for who was none. */
  public Optional<Digest256> key(final int operator, final long sequence) {
    return keys.key(operator, sequence);
  }

  Optional<Programme> programme(final int number) {
    return Optional.ofNullable(programmes.get(number));
  }

  /** What people call a participant. */
  public String name(final int participant) {
    final Participant known = participants.get(participant);
    return known == null ? "participant " + participant : known.code();
  }

  /** What people call an asset. */
  public String code(final int asset) {
    final Asset known = assets.get(asset);
    return known == null ? "asset " + asset : known.code();
  }

  /** Minor units of an asset as a decimal amount. */
  public String amount(final long minor, final int asset) {
    final Asset known = assets.get(asset);
    return BigDecimal.valueOf(minor, known == null ? 0 : known.exponent()).toPlainString();
  }

  /** Null when there is none of this number. */
  public Participant participant(final int number) {
    return participants.get(number);
  }

  /** By code. */
  public List<Asset> assets() {
    return assets.values().stream().sorted(Comparator.comparing(Asset::code)).toList();
  }

  /** Null when there is none of this number. */
  public Asset asset(final int number) {
    return assets.get(number);
  }

  /** As last set; empty for the engine's default. */
  Optional<Long> setting(final Parameter parameter) {
    return Optional.ofNullable(settings.get(parameter));
  }

  /** Windows, settlement models, collateral. */
  public SettlementBook settlement() {
    return settlement;
  }

  public List<Rule> rules() {
    return rules.entrySet().stream()
        .map(
            rule ->
                new Rule(
                    ChangeKind.word(rule.getKey().template()),
                    rule.getKey().asset(),
                    rule.getKey().fromAmount(),
                    rule.getValue().approvals(),
                    rule.getValue().approvers()))
        .sorted(
            Comparator.comparing(Rule::kind)
                .thenComparing(Rule::asset)
                .thenComparing(Rule::fromAmount))
        .toList();
  }

  /** What a rule wants for a kind at an asset and amount, in words. */
  String wanted(final int template, final int asset, final long fromAmount) {
    final Wanted rule = rules.get(new RuleKey(template, asset, fromAmount));
    return rule == null ? "0" : rule.approvals() + " by " + rule.approvers();
  }

  /** What a connection may send; nothing, unless it was granted. */
  Grant grant(final int connection, final int forParticipant) {
    return grants.getOrDefault(new GrantKey(connection, forParticipant), new Grant(0, 0));
  }

  /** In the order in which they were proposed. */
  public List<Proposal> proposals() {
    synchronized (proposals) {
      return List.copyOf(proposals.values());
    }
  }

  public Optional<Proposal> proposal(final Id128 id) {
    synchronized (proposals) {
      return Optional.ofNullable(proposals.get(id));
    }
  }

  /** The command that was proposed; empty for a proposal that is not known. */
  byte[] change(final Id128 proposal) {
    synchronized (proposals) {
      return changes.getOrDefault(proposal, new byte[0]);
    }
  }

  @Override
  public void close() {
    projection.close();
  }
}
