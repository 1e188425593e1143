package hlstm.bench.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sharing pays from the size on above which every size gained. */
class TeamResultTest {
    @Test
    void aGainThatIsLostAgainDoesNotCount() {
        TeamResult result =
                TeamResult.of(
                        List.of(
                                new TeamPoint("rows16", 1000, 1.0, 0.9),
                                new TeamPoint("rows16", 2000, 1.5, 1.6),
                                new TeamPoint("rows16", 8000, 6.0, 4.0),
                                new TeamPoint("rows16", 4000, 3.0, 2.5),
                                new TeamPoint("plain", 1000, 1.0, 2.0)));

        assertEquals(2000, result.paysFrom().get("rows16"));
        assertEquals(null, result.paysFrom().get("plain"));
        assertTrue(result.text().contains("rows16: sharing pays from 2,000"), result::text);
        assertTrue(result.text().contains("plain: sharing does not pay"), result::text);
    }

    @Test
    void everySizeIsTimedOnOneThreadAndOnTwo() {
        TeamResult result =
                new TeamBenchmark(Duration.ofMillis(5), Duration.ofMillis(5), line -> {})
                        .run(List.of(Geometry.ROWS_16, Geometry.PLAIN), List.of(4096L, 16_384L));

        assertEquals(
                List.of("rows16", "rows16", "plain", "plain"),
                result.points().stream().map(TeamPoint::geometry).toList());
        assertEquals(
                List.of(4096L, 16_384L, 4096L, 16_384L),
                result.points().stream().map(TeamPoint::weights).toList());
        double[] times =
                result.points().stream()
                        .flatMap(p -> List.of(p.oneThreadMicros(), p.twoThreadsMicros()).stream())
                        .mapToDouble(micros -> micros)
                        .toArray();
        assertTrue(Arrays.stream(times).allMatch(micros -> micros > 0), result::text);
    }
}
