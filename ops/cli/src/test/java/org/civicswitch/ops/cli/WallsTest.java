package org.civicswitch.ops.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The walls of the house: dependencies point one way only. */
@Tag("slow")
final class WallsTest {
  private static final String ROOT = "org.civicswitch.";
  private static JavaClasses everything;

  @BeforeAll
  static void read() {
    everything =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.civicswitch");
  }

  @Test
  void pureModulesKnowOnlyThemselvesAndMemory() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + "memory..", ROOT + "ledger..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.agrona..", ROOT + "memory..", ROOT + "ledger..")
        .because("the same commands must give the same bytes on every machine")
        .check(everything);
    classes()
        .that()
        .resideInAPackage(ROOT + "identity..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.agrona..", ROOT + "memory..", ROOT + "identity..")
        .check(everything);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "memory..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "ledger..")
        .check(everything);
  }

  @Test
  void engineKnowsNoHost() {
    classes()
        .that()
        .resideInAPackage(ROOT + "core.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.agrona..",
            // Ed25519 as a pure function, and no more of the library.
            "org.bouncycastle.math.ec.rfc8032..",
            ROOT + "memory..",
            ROOT + "ledger..",
            ROOT + "identity..",
            ROOT + "core.engine..",
            ROOT + "core.protocol..")
        .because("one engine, three hosts")
        .check(everything);
  }

  @Test
  void gatewaysSeeOnlyProtocolClientAndFeedOfTheCore() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "gateway..",
            ROOT + "exchange..",
            ROOT + "ops.console..",
            ROOT + "ops.reporting..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "core..")
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT + "core.protocol..",
                            ROOT + "core.client..",
                            ROOT + "core.feed.."))))
        .because("the only way in is a command, the only ways out are outcomes and the feed")
        .check(everything);
  }

  @Test
  void nothingImportsOpsOrBench() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "ops..", ROOT + "bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "ops..", ROOT + "bench..")
        .check(everything);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "gateway..", ROOT + "exchange..")
        .check(everything);
  }
}
