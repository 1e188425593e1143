package hlstm.trainer.cli;

import hlstm.runtime.Captioner;
import hlstm.runtime.Model;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.captions.CaptionScorer;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.captions.ReferenceSteps;
import hlstm.trainer.layers.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How well a model captions images, through the runtime, as in use.
 *
 * @param set the images
 * @param name where they are from
 * @param beam how captions were searched for
 * @param scored the captions and their scores
 * @param gateWeights stored weights of the gates
 * @param activeGateFlops operations of the gates' products a step, without those on zeros of hidden
 *     layers
 */
record CaptionEvaluation(
        CaptionSet set,
        String name,
        BeamSettings beam,
        CaptionScorer.Scored scored,
        long gateWeights,
        double activeGateFlops) {
    private static final int WORST = 10;

    /**
     * Captions and scores a set of images.
     *
     * @param name where the images are from
     * @param progress told the number of images done, from one thread at a time
     */
    static CaptionEvaluation of(
            Model model,
            BeamSettings beam,
            CaptionSet set,
            String name,
            Workers workers,
            IntConsumer progress) {
        CaptionScorer.Scored scored =
                new CaptionScorer(set)
                        .score(
                                () -> new Captioner(model, beam, Captioner.DEFAULT_LENGTH),
                                workers,
                                progress);
        return new CaptionEvaluation(
                set,
                name,
                beam,
                scored,
                model.recurrentWeights(),
                ReferenceSteps.activeGateFlops(model, set));
    }

    /** For programs. */
    Map<String, Object> json(Path model) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", model.toString());
        report.put("data", name);
        report.put("beam", beam.width());
        report.put("images", set.size());
        report.put("cider", scored.cider());
        for (int order = 1; order <= scored.bleu().length; order++) {
            report.put("bleu" + order, scored.bleu(order));
        }
        report.put("rouge", scored.rouge());
        report.put("gateWeights", gateWeights);
        report.put("gateFlopsPerStep", 2 * gateWeights);
        report.put("activeGateFlopsPerStep", activeGateFlops);
        List<Map<String, Object>> captions = new ArrayList<>();
        for (int k = 0; k < set.size(); k++) {
            Map<String, Object> caption = new LinkedHashMap<>();
            caption.put("image_id", set.images().get(k).id());
            caption.put("caption", scored.captions().get(k));
            caption.put("cider", scored.perImage()[k]);
            captions.add(caption);
        }
        report.put("captions", captions);
        return report;
    }

    /** For people. */
    void print(PrintWriter out, Path model) {
        out.println("model  " + Printable.of(model.toString()));
        out.println("data   " + Printable.of(name));
        out.println("beam   " + beam.width());
        out.println(
                "gates  %s weights, %s FLOPs a step; %s without products on zeros of hidden layers"
                        .formatted(
                                Figures.count(gateWeights),
                                Figures.count(2 * gateWeights),
                                Figures.count(Math.round(activeGateFlops))));
        out.println();
        Table scores = new Table(">images", ">CIDEr-D", ">BLEU-1", ">2", ">3", ">4", ">ROUGE-L");
        scores.row(
                Figures.count(set.size()),
                times100(scored.cider()),
                times100(scored.bleu(1)),
                times100(scored.bleu(2)),
                times100(scored.bleu(3)),
                times100(scored.bleu(4)),
                times100(scored.rouge()));
        out.print(scores);
        out.println();
        out.println("Scores are times 100.");
        out.println();
        out.println("Captions with the lowest CIDEr-D:");
        IntStream.range(0, set.size())
                .boxed()
                .sorted(Comparator.comparingDouble(k -> scored.perImage()[k]))
                .limit(WORST)
                .forEach(k -> print(out, k));
    }

    private void print(PrintWriter out, int image) {
        CaptionedImage of = set.images().get(image);
        out.println();
        out.println(
                "%s: %s".formatted(Printable.of(of.name()), times100(scored.perImage()[image])));
        out.println("  written    " + Printable.of(scored.captions().get(image)));
        for (String reference : of.captions()) {
            out.println("  reference  " + Printable.of(reference));
        }
    }

    /** As papers print them. */
    private static String times100(double value) {
        return String.format(Locale.ROOT, "%.1f", 100 * value);
    }
}
