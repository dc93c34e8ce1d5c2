package org.civicswitch.ops.cli.world;

import java.util.List;
import java.util.function.Consumer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.ChangeOperatorEncoder;
import org.civicswitch.core.protocol.CloseWindowEncoder;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmSettlementEncoder;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.DeclareDefaultEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MoveCollateralEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.ProposeSettlementEncoder;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.RolesEncoder;
import org.civicswitch.core.protocol.SetApprovalRuleEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SetSettlementModelEncoder;
import org.civicswitch.core.protocol.SettleWindowEncoder;
import org.civicswitch.gateway.kit.Digest256;

/**
 * The commands that make a {@link SeededWorld} in an empty switch. Operators come last: the first
 * registered operator ends the time in which commands need no signature.
 */
public final class Genesis {
  private static final long KEYS = 0x67656E6573697300L;
  private final CommandWriter out;

  private Genesis(final long createdMs) {
    out = new CommandWriter(0, createdMs, KEYS);
  }

  /**
   * @param createdMs UTC milliseconds; the commands are too old after the duplicate window
   * @param fingerprints of the connections' certificates
   * @param keys of the operators
   * @param fiscalEnd last day of the programme's fiscal period, days since 1970-01-01
   */
  public static List<byte[]> commands(
      final long createdMs,
      final Fingerprints fingerprints,
      final OperatorKeys keys,
      final int fiscalEnd) {
    final Genesis genesis = new Genesis(createdMs);
    genesis.assets();
    genesis.participants();
    genesis.connections(fingerprints);
    genesis.liquidity();
    genesis.programme(fiscalEnd);
    genesis.rules();
    genesis.operators(keys);
    return genesis.out.commands();
  }

  /** Gives the certificate fingerprint of a credential by its name. */
  @FunctionalInterface
  public interface Fingerprints {
    Digest256 of(String credentialName);
  }

  /** Gives the public key of an operator. */
  @FunctionalInterface
  public interface OperatorKeys {
    Digest256 of(int operator);
  }

  private void assets() {
    asset(SeededWorld.EUR, AssetKind.CURRENCY, 2, 0, "EUR", false);
    asset(SeededWorld.USD, AssetKind.CURRENCY, 2, 0, "USD", false);
    asset(
        SeededWorld.EUR_AUTHORITY,
        AssetKind.BUDGET_AUTHORITY,
        2,
        SeededWorld.EUR,
        "EUR-BUDGET",
        false);
    asset(SeededWorld.FOOD_VOUCHER, AssetKind.VOUCHER, 2, SeededWorld.EUR, "FOOD", true);
  }

  private void asset(
      final int number,
      final AssetKind kind,
      final int exponent,
      final int money,
      final String code,
      final boolean voucher) {
    final DefineAssetEncoder encoder = new DefineAssetEncoder();
    out.add(
        buffer -> {
          encoder.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(encoder.head(), 0);
          encoder.asset(number).assetKind(kind).exponent((short) exponent).moneyAsset(money);
          encoder.rules().clear().expires(voucher).purposeBound(voucher);
          encoder.code(code);
          return encoder.encodedLength();
        });
  }

  private void participants() {
    for (final Bank bank : SeededWorld.BANKS) {
      participant(bank.number(), bank.bic(), bank.name());
      for (final int asset : new int[] {SeededWorld.EUR, SeededWorld.USD}) {
        final SetParticipantLimitEncoder encoder = new SetParticipantLimitEncoder();
        out.add(
            buffer -> {
              encoder.wrapAndApplyHeader(buffer, 0, out.header);
              out.head(encoder.head(), 0);
              encoder.target(bank.number()).asset(asset).netDebitCap(bank.netDebitCapMinor());
              return encoder.paymentMax(0).encodedLength();
            });
      }
    }
    participant(SeededWorld.REGISTRY, SeededWorld.REGISTRY_CODE, "Civil registry");
  }

  private void participant(final int number, final String code, final String name) {
    final RegisterParticipantEncoder register = new RegisterParticipantEncoder();
    out.add(
        buffer -> {
          register.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(register.head(), 0);
          return register
              .newParticipant(number)
              .settlementParticipant(0)
              .code(code)
              .name(name)
              .encodedLength();
        });
    final SetParticipantStatusEncoder activate = new SetParticipantStatusEncoder();
    out.add(
        buffer -> {
          activate.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(activate.head(), 0);
          return activate.target(number).status(ParticipantStatus.ACTIVE).encodedLength();
        });
  }

  private void connections(final Fingerprints fingerprints) {
    for (final Bank bank : SeededWorld.BANKS) {
      connection(bank.number(), fingerprints.of(bank.credentialName()));
      grant(bank.number(), bank.number(), CommandKinds.BANK);
    }
    connection(SeededWorld.REGISTRY, fingerprints.of("civil-registry"));
    grant(SeededWorld.REGISTRY, SeededWorld.REGISTRY, CommandKinds.REGISTRY);
    connection(SeededWorld.OPERATIONS_CONNECTION, fingerprints.of("operations"));
    grant(SeededWorld.OPERATIONS_CONNECTION, 0, CommandKinds.PLATFORM);
    connection(SeededWorld.OFFICE_CONNECTION, fingerprints.of("benefits-office"));
    grant(SeededWorld.OFFICE_CONNECTION, SeededWorld.TREASURY_NUMBER, CommandKinds.OFFICE);
    connection(SeededWorld.ENROLMENT_CONNECTION, fingerprints.of("enrolment"));
    grant(SeededWorld.ENROLMENT_CONNECTION, SeededWorld.TREASURY_NUMBER, CommandKinds.ENROLMENT);
  }

  private void connection(final int number, final Digest256 fingerprint) {
    final RegisterConnectionEncoder encoder = new RegisterConnectionEncoder();
    out.add(
        buffer -> {
          encoder.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(encoder.head(), 0);
          encoder.newConnection(number);
          fingerprint.put(encoder.fingerprint());
          return encoder.encodedLength();
        });
  }

  private void grant(final int connection, final int participant, final CommandKinds.Kinds kinds) {
    final GrantConnectionEncoder encoder = new GrantConnectionEncoder();
    out.add(
        buffer -> {
          encoder.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(encoder.head(), 0);
          return encoder
              .target(connection)
              .forParticipant(participant)
              .kindsLow(kinds.low())
              .kindsHigh(kinds.high())
              .encodedLength();
        });
  }

  private void liquidity() {
    long reference = 0;
    for (final Bank bank : SeededWorld.BANKS) {
      for (final int asset : new int[] {SeededWorld.EUR, SeededWorld.USD}) {
        final long counted = ++reference;
        final MoveLiquidityEncoder encoder = new MoveLiquidityEncoder();
        out.add(
            buffer -> {
              encoder.wrapAndApplyHeader(buffer, 0, out.header);
              out.head(encoder.head(), 0);
              encoder
                  .target(bank.number())
                  .asset(asset)
                  .amount(bank.prefundedMinor())
                  .liquidityKind(LiquidityKind.IN);
              encoder.reference().hi(KEYS).lo(counted);
              encoder.putEvidence(new byte[0], 0, 0);
              return encoder.encodedLength();
            });
      }
    }
  }

  private void programme(final int fiscalEnd) {
    final CreateProgrammeEncoder create = new CreateProgrammeEncoder();
    out.add(
        buffer -> {
          create.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(create.head(), SeededWorld.TREASURY_NUMBER);
          return create
              .programme(SeededWorld.PROGRAMME)
              .payingParticipant(SeededWorld.TREASURY_NUMBER)
              .cashAsset(SeededWorld.EUR)
              .authorityAsset(SeededWorld.EUR_AUTHORITY)
              .fiscalEnd(fiscalEnd)
              .assuranceMin((short) 2)
              .approvals((short) 1)
              .code(SeededWorld.PROGRAMME_CODE)
              .encodedLength();
        });
    final FundProgrammeEncoder fund = new FundProgrammeEncoder();
    out.add(
        buffer -> {
          fund.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(fund.head(), SeededWorld.TREASURY_NUMBER);
          fund.programme(SeededWorld.PROGRAMME).authority(12_000_000_00L).cash(10_000_000_00L);
          fund.reference().hi(KEYS).lo(1000);
          return fund.encodedLength();
        });
    merchant(SeededWorld.GROCER, 103, SeededWorld.GROCERIES);
    merchant(SeededWorld.BOOKSHOP, 104, SeededWorld.BOOKS);
  }

  private void merchant(final int number, final int atParticipant, final int category) {
    final RegisterMerchantEncoder encoder = new RegisterMerchantEncoder();
    out.add(
        buffer -> {
          encoder.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(encoder.head(), SeededWorld.TREASURY_NUMBER);
          return encoder
              .merchant(number)
              .atParticipant(atParticipant)
              .category(category)
              .encodedLength();
        });
  }

  /** Nobody changes the platform alone, or brings money in. */
  private void rules() {
    for (final int template :
        new int[] {
          ConfigureEncoder.TEMPLATE_ID,
          RegisterOperatorEncoder.TEMPLATE_ID,
          ChangeOperatorEncoder.TEMPLATE_ID,
          SetApprovalRuleEncoder.TEMPLATE_ID,
          DefineAssetEncoder.TEMPLATE_ID,
          RegisterParticipantEncoder.TEMPLATE_ID,
          SetParticipantStatusEncoder.TEMPLATE_ID,
          SetParticipantLimitEncoder.TEMPLATE_ID,
          RegisterConnectionEncoder.TEMPLATE_ID,
          GrantConnectionEncoder.TEMPLATE_ID,
          MoveLiquidityEncoder.TEMPLATE_ID,
          CloseWindowEncoder.TEMPLATE_ID,
          FundProgrammeEncoder.TEMPLATE_ID,
          SetSettlementModelEncoder.TEMPLATE_ID,
          ProposeSettlementEncoder.TEMPLATE_ID,
          ConfirmSettlementEncoder.TEMPLATE_ID,
          SettleWindowEncoder.TEMPLATE_ID,
          DeclareDefaultEncoder.TEMPLATE_ID,
          MoveCollateralEncoder.TEMPLATE_ID
        }) {
      final SetApprovalRuleEncoder encoder = new SetApprovalRuleEncoder();
      out.add(
          buffer -> {
            encoder.wrapAndApplyHeader(buffer, 0, out.header);
            out.head(encoder.head(), 0);
            encoder.ruledTemplate(template).approvals((short) 1).asset(0).fromAmount(0);
            encoder.roles().clear().aPPROVER(true);
            return encoder.encodedLength();
          });
    }
  }

  private void operators(final OperatorKeys keys) {
    operator(SeededWorld.PLATFORM_OPERATOR, keys, true, true, false, false, true);
    operator(SeededWorld.MAKER, keys, false, false, true, false, true);
    operator(SeededWorld.CHECKER, keys, false, true, true, true, false);
    operator(SeededWorld.WARDEN, keys, roles -> roles.bREAK_GLASS(true));
  }

  private void operator(
      final int number,
      final OperatorKeys keys,
      final boolean platform,
      final boolean settlement,
      final boolean programme,
      final boolean approver,
      final boolean identity) {
    operator(
        number,
        keys,
        roles ->
            roles
                .pLATFORM(platform)
                .sETTLEMENT(settlement)
                .pROGRAMME(programme)
                .aPPROVER(approver)
                .iDENTITY(identity));
  }

  private void operator(
      final int number, final OperatorKeys keys, final Consumer<RolesEncoder> granted) {
    final RegisterOperatorEncoder encoder = new RegisterOperatorEncoder();
    out.add(
        buffer -> {
          encoder.wrapAndApplyHeader(buffer, 0, out.header);
          out.head(encoder.head(), 0);
          encoder.newOperator(number);
          granted.accept(encoder.roles().clear());
          keys.of(number).put(encoder.publicKey());
          return encoder.encodedLength();
        });
  }
}
