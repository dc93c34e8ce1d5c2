package org.civicswitch.gateway.iso20022.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.civicswitch.core.protocol.AliasChangedDecoder;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.feed.EventHandlers;

/**
 * Who is who, from the feed: participants by code, connections by certificate, currencies, aliases.
 * Gives an early and clear error; the engine decides again. Written by the feed's thread, read by
 * any.
 */
final class Directory {
  /** Where an alias points. */
  record Alias(Digest256 owner, int participant, long version) {}

  /** A connection and for whom it may do what. */
  static final class Connection {
    private final int number;
    private final Map<Integer, Long> kindsLow = new ConcurrentHashMap<>();

    private Connection(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    /** All templates are below 64. */
    boolean mayAct(int participant, int template) {
      return (kindsLow.getOrDefault(participant, 0L) & 1L << template) != 0;
    }

    /** The participants that it may act for in any way. */
    Set<Integer> participants() {
      return kindsLow.keySet();
    }
  }

  private final Map<Integer, String> codes = new ConcurrentHashMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Digest256, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, Integer> assets = new ConcurrentHashMap<>();
  private final Map<Integer, String> currencies = new ConcurrentHashMap<>();
  private final Map<Digest256, Alias> aliases = new ConcurrentHashMap<>();

  void register(EventHandlers handlers) {
    handlers
        .on(
            ParticipantChangedDecoder.TEMPLATE_ID,
            new ParticipantChangedDecoder(),
            ParticipantChangedDecoder::wrap,
            (sequence, event) -> participant((int) event.participant(), event.code()))
        .on(
            ConnectionChangedDecoder.TEMPLATE_ID,
            new ConnectionChangedDecoder(),
            ConnectionChangedDecoder::wrap,
            (sequence, event) -> connection(event))
        .on(
            AssetDefinedDecoder.TEMPLATE_ID,
            new AssetDefinedDecoder(),
            AssetDefinedDecoder::wrap,
            (sequence, event) -> asset(event))
        .on(
            AliasChangedDecoder.TEMPLATE_ID,
            new AliasChangedDecoder(),
            AliasChangedDecoder::wrap,
            (sequence, event) -> alias(event));
  }

  private void participant(int number, String code) {
    codes.put(number, code);
    numbers.put(code, number);
  }

  private void connection(ConnectionChangedDecoder event) {
    final Connection connection =
        connections.computeIfAbsent(
            Digest256.of(event.fingerprint()), f -> new Connection((int) event.connection()));
    final int participant = (int) event.forParticipant();
    if (participant == 0) {
      return;
    }
    if (event.kindsLow() == 0 && event.kindsHigh() == 0) {
      connection.kindsLow.remove(participant);
    } else {
      connection.kindsLow.put(participant, event.kindsLow());
    }
  }

  private void asset(AssetDefinedDecoder event) {
    if (event.assetKind() == AssetKind.CURRENCY) {
      final String code = event.code();
      assets.put(code, (int) event.asset());
      currencies.put((int) event.asset(), code);
    }
  }

  private void alias(AliasChangedDecoder event) {
    final Digest256 alias = Digest256.of(event.alias());
    if (event.atParticipant() == 0) {
      aliases.remove(alias);
    } else {
      aliases.put(
          alias,
          new Alias(
              Digest256.of(event.owner()), (int) event.atParticipant(), event.mappingVersion()));
    }
  }

  /**
   * @return null when no such certificate is registered
   */
  Connection connection(Digest256 fingerprint) {
    return connections.get(fingerprint);
  }

  /**
   * The participant with this BIC; the branch code XXX means the head office.
   *
   * @return 0 when there is none
   */
  int participant(String bic) {
    if (bic == null) {
      return 0;
    }
    final Integer exact = numbers.get(bic);
    if (exact != null) {
      return exact;
    }
    return bic.length() == 11 && bic.endsWith("XXX")
        ? numbers.getOrDefault(bic.substring(0, 8), 0)
        : 0;
  }

  int participant(Agent agent) {
    return participant(agent.bic() == null ? agent.memberId() : agent.bic());
  }

  /** How messages name a participant. */
  Agent agent(int participant) {
    return Agent.of(codes.getOrDefault(participant, "UNKNXX00"), null);
  }

  /**
   * @return 0 when there is none
   */
  int asset(String currency) {
    return assets.getOrDefault(currency, 0);
  }

  /**
   * @return null when it is not a currency
   */
  String currency(int asset) {
    return currencies.get(asset);
  }

  /**
   * @return null when it is not linked
   */
  Alias alias(Digest256 token) {
    return aliases.get(token);
  }
}
