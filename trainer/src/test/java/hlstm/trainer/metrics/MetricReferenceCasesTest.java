package hlstm.trainer.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against scores that the field's tools publish, where the folder of data has them. */
class MetricReferenceCasesTest {
    @Test
    void captionsOfCocoScoreAsByPycocoevalcap() throws IOException {
        JsonNode cases = read("coco126_fakecap_pycocoevalcap.json");
        List<String> ids = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        List<String> hypotheses = new ArrayList<>();
        cases.get("hyp")
                .properties()
                .forEach(
                        image -> {
                            ids.add(image.getKey());
                            hypotheses.add(image.getValue().asText());
                            references.add(strings(cases.get("refs").get(image.getKey())));
                        });
        ScoredTexts texts = new ScoredTexts(ids, references, hypotheses);
        JsonNode expected = cases.get("scores");
        Scores bleu = coco(Metric.BLEU, texts);
        for (int order = 1; order <= 4; order++) {
            assertEquals(
                    expected.get("Bleu_" + order).asDouble(),
                    (double) bleu.parts().get("bleu" + order),
                    1e-9,
                    "BLEU-" + order);
        }
        assertEquals(expected.get("ROUGE_L").asDouble(), coco(Metric.ROUGE, texts).score(), 1e-9);
        Scores cider = coco(Metric.CIDER, texts);
        assertEquals(expected.get("CIDEr_D").asDouble(), cider.score(), 1e-9);
        JsonNode each = expected.get("CIDEr_D_per_image");
        assertEquals(126, each.size());
        for (int image = 0; image < each.size(); image++) {
            // Published with six decimals.
            assertEquals(each.get(image).asDouble(), cider.perItem().get(image), 5.1e-7);
        }
    }

    @Test
    void publishedCasesOfNlgEval() throws IOException {
        JsonNode published = read("published_cases.json");
        for (String name : List.of("nlg_eval", "nlg_eval_single")) {
            JsonNode c = published.get(name);
            double tolerance = c.get("tol").asDouble();
            ScoredTexts texts = texts(c);
            Scores bleu = coco(Metric.BLEU, texts);
            for (int order = 1; order <= 4; order++) {
                assertEquals(
                        c.get("Bleu_" + order).asDouble(),
                        (double) bleu.parts().get("bleu" + order),
                        tolerance,
                        name + " BLEU-" + order);
            }
            assertEquals(c.get("ROUGE_L").asDouble(), coco(Metric.ROUGE, texts).score(), tolerance);
            assertEquals(c.get("CIDEr_D").asDouble(), coco(Metric.CIDER, texts).score(), tolerance);
        }
    }

    @Test
    void publishedCaseOfAacMetrics() throws IOException {
        JsonNode c = read("published_cases.json").get("aac_metrics");
        double tolerance = c.get("tol").asDouble();
        ScoredTexts texts = texts(c);
        assertEquals(
                c.get("Bleu_1").asDouble(),
                (double) coco(Metric.BLEU, texts).parts().get("bleu1"),
                tolerance);
        Scores cider = coco(Metric.CIDER, texts);
        assertEquals(c.get("CIDEr_D").asDouble(), cider.score(), tolerance);
        for (int image = 0; image < 2; image++) {
            assertEquals(
                    c.get("CIDEr_D_per_item").get(image).asDouble(),
                    cider.perItem().get(image),
                    tolerance);
        }
    }

    @Test
    void publishedCasesOfSacrebleu() throws IOException {
        JsonNode c = read("published_cases.json").get("sacrebleu");
        JsonNode corpus = c.get("corpus");
        List<String> hypotheses = strings(corpus.get("hyps"));
        List<String> ids = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        for (int k = 0; k < hypotheses.size(); k++) {
            List<String> each = new ArrayList<>();
            for (JsonNode file : corpus.get("refs")) {
                each.add(file.get(k).asText());
            }
            references.add(each);
            ids.add(Integer.toString(k));
        }
        ScoredTexts texts = new ScoredTexts(ids, references, hypotheses);
        assertEquals(corpus.get("13a").asDouble(), sacre(texts, Tokenization.V13A).score(), 1e-6);
        assertEquals(corpus.get("intl").asDouble(), sacre(texts, Tokenization.INTL).score(), 1e-6);
        double unsplit = corpus.get("none(whitespace)").asDouble();
        assertEquals(unsplit, sacre(texts, Tokenization.NONE).score(), 1e-6);
        assertEquals(
                unsplit,
                100 * Scores.of(Metric.BLEU, texts, Tokenization.NONE, false, "x").score(),
                1e-6);

        JsonNode counted = c.get("counts");
        BleuCounts counts = counts(counted.get("hyp").asText(), counted.get("ref").asText());
        for (int n = 1; n <= 4; n++) {
            assertEquals(counted.get("common").get(n - 1).asLong(), counts.matches(n));
            assertEquals(counted.get("total").get(n - 1).asLong(), counts.totals(n));
        }
        assertEquals(0, new SacreBleu(SacreBleu.Smoothing.NONE, 0, false).score(counts));
        assertEquals(
                counted.get("score_floor_0.1").asDouble(),
                new SacreBleu(SacreBleu.Smoothing.FLOOR, 0.1, false).score(counts) / 100,
                1e-9);

        JsonNode given = c.get("from_counts");
        BleuCounts fromCounts =
                new BleuCounts(
                        longs(given.get("common")),
                        longs(given.get("total")),
                        given.get("sys_len").asLong(),
                        given.get("ref_len").asLong());
        assertEquals(given.get("score").asDouble(), SacreBleu.CORPUS.score(fromCounts) / 100, 1e-9);

        for (JsonNode sentence : c.get("floor_0.01")) {
            assertEquals(
                    sentence.get(2).asDouble(),
                    new SacreBleu(SacreBleu.Smoothing.FLOOR, 0.01, true)
                                    .score(
                                            counts(
                                                    sentence.get(0).asText(),
                                                    sentence.get(1).asText()))
                            / 100,
                    1e-9,
                    sentence.toString());
        }
    }

    private static JsonNode read(String name) throws IOException {
        Path file =
                Path.of(System.getProperty("hlstm.data", "../../shared/data"))
                        .resolve("metrics")
                        .resolve(name);
        assumeTrue(Files.exists(file), "skipped: no reference cases at " + file);
        JsonNode cases = new ObjectMapper().readTree(file.toFile());
        assertTrue(cases.size() > 0, "cases in " + file);
        return cases;
    }

    private static ScoredTexts texts(JsonNode c) {
        List<String> ids = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        for (JsonNode each : c.get("refs")) {
            ids.add(Integer.toString(ids.size()));
            references.add(strings(each));
        }
        return new ScoredTexts(ids, references, strings(c.get("hyps")));
    }

    private static Scores coco(Metric metric, ScoredTexts texts) {
        return Scores.of(metric, texts, Tokenization.PTB, true, "x");
    }

    private static Scores sacre(ScoredTexts texts, Tokenization tokenization) {
        return Scores.of(Metric.SACREBLEU, texts, tokenization, false, "x");
    }

    private static BleuCounts counts(String hypothesis, String reference) {
        return BleuCounts.of(
                List.of(Tokenization.V13A.words(reference)), Tokenization.V13A.words(hypothesis));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(each -> strings.add(each.asText()));
        return strings;
    }

    private static long[] longs(JsonNode array) {
        long[] longs = new long[array.size()];
        for (int k = 0; k < longs.length; k++) {
            longs[k] = array.get(k).asLong();
        }
        return longs;
    }
}
