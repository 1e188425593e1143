package hlstm.bench;

import hlstm.trainer.cli.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH measured of a benchmark with one set of parameters.
 *
 * @param benchmark class and method
 * @param parameters by name
 * @param microsPerOperation mean time of an operation
 * @param errorMicros half of its 99.9 % confidence interval; NaN of fewer than three iterations
 * @param multiplyAddsPerNano of the weights that exist; null where a benchmark does not count them
 */
record BenchResult(
        String benchmark,
        Map<String, String> parameters,
        double microsPerOperation,
        double errorMicros,
        Double multiplyAddsPerNano) {
    /** The parameter that tells layouts apart, and the layout that others are held against. */
    static final String LAYOUT = "layout";

    private static final String BASELINE = "plain";

    static BenchResult of(RunResult result) {
        BenchmarkParams params = result.getParams();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String key : params.getParamsKeys()) {
            parameters.put(key, params.getParam(key));
        }
        Result<?> primary = result.getPrimaryResult();
        String[] name = params.getBenchmark().split("\\.");
        Result<?> work = result.getSecondaryResults().get(MultiplyAdds.COUNTER);
        return new BenchResult(
                name[name.length - 2] + "." + name[name.length - 1],
                parameters,
                primary.getScore(),
                primary.getScoreError(),
                work == null ? null : 1 / (1000 * work.getScore()));
    }

    /** A table of results of one benchmark. */
    static Table table(List<BenchResult> results) {
        List<String> header = new ArrayList<>(results.getFirst().parameters().keySet());
        header.add(">us");
        header.add(">+-");
        boolean counted = results.getFirst().multiplyAddsPerNano() != null;
        boolean compared = counted && header.contains(LAYOUT);
        if (counted) {
            header.add(">multiply-adds/ns");
            header.add(">GFLOP/s");
        }
        if (compared) {
            header.add(">against " + BASELINE);
        }
        Table table = new Table(header.toArray(String[]::new));
        for (BenchResult result : results) {
            List<Object> row = new ArrayList<>(result.parameters().values());
            row.add(decimal(result.microsPerOperation()));
            row.add(decimal(result.errorMicros()));
            if (counted) {
                row.add(decimal(result.multiplyAddsPerNano()));
                row.add(decimal(2 * result.multiplyAddsPerNano()));
            }
            if (compared) {
                row.add(
                        result.baseline(results)
                                .map(
                                        plain ->
                                                decimal(
                                                                result.multiplyAddsPerNano()
                                                                        / plain
                                                                                .multiplyAddsPerNano())
                                                        + "x")
                                .orElse(""));
            }
            table.row(row.toArray());
        }
        return table;
    }

    /** The result that differs from this one in its layout alone. */
    private Optional<BenchResult> baseline(List<BenchResult> results) {
        Map<String, String> wanted = new LinkedHashMap<>(parameters);
        wanted.put(LAYOUT, BASELINE);
        return results.stream()
                .filter(result -> Objects.equals(result.parameters(), wanted))
                .findFirst();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
