package hlstm.trainer.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a metric says of hypotheses.
 *
 * @param metric which
 * @param score of all together
 * @param perItem of each hypothesis; infinite or NaN where a rate has an empty reference
 * @param parts figures that belong to the score, by their names
 * @param line how the field's tool prints the score, or null
 * @param counts of each hypothesis if the metric is a BLEU, otherwise none
 */
public record Scores(
        Metric metric,
        double score,
        List<Double> perItem,
        Map<String, Object> parts,
        String line,
        List<BleuCounts> counts) {

    /**
     * Computes a metric. As in sacrebleu, its BLEU leaves out references that are empty.
     *
     * @param captions whether the texts are captions of COCO, whose BLEU is pycocoevalcap's
     * @param version what the signature of sacrebleu says of the program
     * @throws IllegalArgumentException if an error rate is asked for with several references, or
     *     sacrebleu for an item all of whose references are empty
     */
    public static Scores of(
            Metric metric,
            ScoredTexts texts,
            Tokenization tokenization,
            boolean captions,
            String version) {
        return switch (metric) {
            case WER -> errorRate(metric, texts, new WordErrorRate()::add);
            case CER -> errorRate(metric, texts, new CharacterErrorRate()::add);
            case CIDER, ROUGE, BLEU, SACREBLEU -> {
                List<List<List<String>>> references = new ArrayList<>();
                List<List<String>> hypotheses = new ArrayList<>();
                boolean moses =
                        metric == Metric.BLEU && !captions && tokenization == Tokenization.NONE;
                Function<String, List<String>> words =
                        moses ? MultiBleu::words : tokenization::words;
                for (int k = 0; k < texts.size(); k++) {
                    references.add(
                            texts.references().get(k).stream()
                                    .filter(text -> metric != Metric.SACREBLEU || !text.isBlank())
                                    .map(words)
                                    .toList());
                    hypotheses.add(words.apply(texts.hypotheses().get(k)));
                }
                yield switch (metric) {
                    case CIDER -> mean(metric, new CiderD(references).scores(hypotheses));
                    case ROUGE -> {
                        double[] scores = new double[hypotheses.size()];
                        for (int k = 0; k < scores.length; k++) {
                            scores[k] = RougeL.score(references.get(k), hypotheses.get(k));
                        }
                        yield mean(metric, scores);
                    }
                    case SACREBLEU -> sacreBleu(references, hypotheses, tokenization, version);
                    default -> bleu(references, hypotheses, captions);
                };
            }
        };
    }

    private static Scores mean(Metric metric, double[] scores) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        return new Scores(
                metric, mean, Arrays.stream(scores).boxed().toList(), Map.of(), null, List.of());
    }

    private interface Rate {
        EditCounts add(String reference, String hypothesis);
    }

    private static Scores errorRate(Metric metric, ScoredTexts texts, Rate rate) {
        EditCounts total = EditCounts.NONE;
        List<Double> perItem = new ArrayList<>();
        for (int k = 0; k < texts.size(); k++) {
            List<String> references = texts.references().get(k);
            if (references.size() != 1) {
                throw new IllegalArgumentException(
                        "%d references for item %s; an error rate takes one"
                                .formatted(references.size(), texts.ids().get(k)));
            }
            EditCounts counts = rate.add(references.get(0), texts.hypotheses().get(k));
            total = total.plus(counts);
            perItem.add(counts.errorRate());
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("substitutions", total.substitutions());
        parts.put("deletions", total.deletions());
        parts.put("insertions", total.insertions());
        parts.put("referenceLength", total.referenceLength());
        return new Scores(metric, total.errorRate(), perItem, parts, null, List.of());
    }

    private static Scores bleu(
            List<List<List<String>>> references, List<List<String>> hypotheses, boolean captions) {
        List<BleuCounts> counts = counts(references, hypotheses);
        BleuCounts total = counts.stream().reduce(BleuCounts.NONE, BleuCounts::plus);
        Map<String, Object> parts = new LinkedHashMap<>();
        for (int order = 1; order <= BleuCounts.ORDER; order++) {
            parts.put("bleu" + order, bleu(total, order, captions));
        }
        return new Scores(
                Metric.BLEU,
                bleu(total, BleuCounts.ORDER, captions),
                each(counts, item -> bleu(item, BleuCounts.ORDER, captions)),
                parts,
                captions ? null : MultiBleu.line(total),
                counts);
    }

    private static double bleu(BleuCounts counts, int order, boolean captions) {
        return captions ? CocoBleu.score(counts, order) : MultiBleu.score(counts, order);
    }

    private static Scores sacreBleu(
            List<List<List<String>>> references,
            List<List<String>> hypotheses,
            Tokenization tokenization,
            String version) {
        List<BleuCounts> counts = counts(references, hypotheses);
        BleuCounts total = counts.stream().reduce(BleuCounts.NONE, BleuCounts::plus);
        int[] numbers = references.stream().mapToInt(List::size).distinct().toArray();
        int number = numbers.length == 1 ? numbers[0] : 0;
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("signature", SacreBleu.CORPUS.signature(number, tokenization, version));
        return new Scores(
                Metric.SACREBLEU,
                SacreBleu.CORPUS.score(total),
                each(counts, SacreBleu.SENTENCE::score),
                parts,
                SacreBleu.CORPUS.line(total),
                counts);
    }

    private static List<BleuCounts> counts(
            List<List<List<String>>> references, List<List<String>> hypotheses) {
        List<BleuCounts> counts = new ArrayList<>();
        for (int k = 0; k < hypotheses.size(); k++) {
            if (references.get(k).isEmpty()) {
                throw new IllegalArgumentException(
                        "item %d has no reference that is not empty, which sacrebleu refuses: take the line out of all files"
                                .formatted(k + 1));
            }
            counts.add(BleuCounts.of(references.get(k), hypotheses.get(k)));
        }
        return counts;
    }

    private static List<Double> each(List<BleuCounts> counts, ToDoubleFunction<BleuCounts> score) {
        return counts.stream().mapToDouble(score).boxed().toList();
    }
}
