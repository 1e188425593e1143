package hlstm.bench.team;

import hlstm.bench.Latency;
import hlstm.runtime.ThreadTeam;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From where on two threads are faster than one.
 *
 * @param machine where
 * @param minShare what {@link ThreadTeam#MIN_SHARE} is
 * @param paysFrom for each geometry the least share, in weights a thread, from which on every size
 *     gained; null if the largest did not
 * @param points what was measured
 */
record TeamResult(
        Machine machine, int minShare, Map<String, Long> paysFrom, List<TeamPoint> points) {
    static TeamResult of(List<TeamPoint> points) {
        Map<String, Long> paysFrom = new LinkedHashMap<>();
        for (String geometry : points.stream().map(TeamPoint::geometry).distinct().toList()) {
            paysFrom.put(
                    geometry,
                    paysFrom(
                            points.stream()
                                    .filter(point -> point.geometry().equals(geometry))
                                    .sorted(Comparator.comparingLong(TeamPoint::weights))
                                    .toList()));
        }
        return new TeamResult(Machine.here(), ThreadTeam.MIN_SHARE, paysFrom, points);
    }

    private static Long paysFrom(List<TeamPoint> ascending) {
        Long from = null;
        for (TeamPoint point : ascending.reversed()) {
            if (point.gain() <= 1) {
                break;
            }
            from = point.share();
        }
        return from;
    }

    String text() {
        Table table =
                new Table(
                        "geometry",
                        ">weights",
                        ">a thread",
                        ">1 thread us",
                        ">2 threads us",
                        ">gain");
        for (TeamPoint point : points) {
            table.row(
                    point.geometry(),
                    "%,d".formatted(point.weights()),
                    "%,d".formatted(point.share()),
                    Latency.text(point.oneThreadMicros()),
                    Latency.text(point.twoThreadsMicros()),
                    Latency.text(point.gain()) + "x");
        }
        StringBuilder text = new StringBuilder(table.toString());
        paysFrom.forEach(
                (geometry, share) ->
                        text.append(
                                share == null
                                        ? "%s: sharing does not pay at any of these sizes%n"
                                                .formatted(geometry)
                                        : "%s: sharing pays from %,d weights a thread on%n"
                                                .formatted(geometry, share)));
        return text.append("ThreadTeam.MIN_SHARE is %,d%n".formatted(minShare)).toString();
    }
}
