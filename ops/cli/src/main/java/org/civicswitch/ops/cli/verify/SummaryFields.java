package org.civicswitch.ops.cli.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.engine.EngineSummary;

/** A state's totals under the names that commands print them with. */
final class SummaryFields {
  private SummaryFields() {}

  static List<Map<String, Object>> assets(final EngineSummary summary) {
    return summary.assets().stream().map(SummaryFields::asMap).toList();
  }

  private static Map<String, Object> asMap(final EngineSummary.AssetTotal asset) {
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("code", asset.code());
    map.put("sum", asset.sum());
    map.put("issued", asset.issued());
    return map;
  }

  static String line(final EngineSummary.AssetTotal asset) {
    return String.format(
        "%-12s issued %,d minor units; debits less credits %s",
        asset.code(), asset.issued(), asset.sum());
  }

  /**
   * @param summary null: nothing but zeros
   */
  static Map<String, Long> payments(final EngineSummary summary) {
    final Map<String, Long> map = new LinkedHashMap<>();
    map.put("accepted", summary == null ? 0 : summary.paymentsAccepted());
    map.put("refused", summary == null ? 0 : summary.paymentsRefused());
    map.put("settled", summary == null ? 0 : summary.paymentsSettled());
    map.put("rejected", summary == null ? 0 : summary.paymentsRejected());
    map.put("expired", summary == null ? 0 : summary.paymentsExpired());
    map.put("returns", summary == null ? 0 : summary.returns());
    return map;
  }
}
