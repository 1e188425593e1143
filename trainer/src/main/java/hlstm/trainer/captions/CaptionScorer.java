package hlstm.trainer.captions;

import hlstm.runtime.Captioner;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.metrics.BleuCounts;
import hlstm.trainer.metrics.CiderD;
import hlstm.trainer.metrics.CocoBleu;
import hlstm.trainer.metrics.RougeL;
import hlstm.trainer.metrics.Tokenization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Captions a set of images and scores the captions as pycocoevalcap does. Immutable; may be shared
 * among threads.
 */
public final class CaptionScorer {
    /**
     * The captions of a set and what they are worth.
     *
     * @param captions of each image
     * @param perImage CIDEr-D of each image, 0 to 10
     * @param cider their mean
     * @param bleu 1 to 4, fractions
     * @param rouge ROUGE-L, a fraction
     */
    public record Scored(
            List<String> captions, double[] perImage, double cider, double[] bleu, double rouge) {
        /** BLEU with n-grams of 1 to {@code order} words. */
        public double bleu(int order) {
            return bleu[order - 1];
        }
    }

    private final CaptionSet set;
    private final List<List<List<String>>> references = new ArrayList<>();
    private final CiderD ciderD;

    /**
     * Splits the references into words.
     *
     * @throws IllegalArgumentException if there are no images
     */
    public CaptionScorer(CaptionSet set) {
        if (set.size() == 0) {
            throw new IllegalArgumentException("expected images to score captions of, found none");
        }
        this.set = set;
        for (CaptionedImage image : set.images()) {
            references.add(image.captions().stream().map(Tokenization.PTB::words).toList());
        }
        ciderD = new CiderD(references);
    }

    /**
     * Captions every image and scores the captions.
     *
     * @param captioners make a captioner for a thread
     * @param progress told the number of images done, from one thread at a time
     * @throws IllegalArgumentException if the model gives NaN, or takes other features
     */
    public Scored score(Supplier<Captioner> captioners, Workers workers, IntConsumer progress) {
        String[] captions = new String[set.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        workers.run(
                workers.threads(),
                worker -> {
                    Captioner captioner = captioners.get();
                    for (int k = next.getAndIncrement();
                            k < captions.length;
                            k = next.getAndIncrement()) {
                        captions[k] = captioner.caption(set.features(k));
                        synchronized (done) {
                            progress.accept(done.incrementAndGet());
                        }
                    }
                });
        return score(List.of(captions));
    }

    /** Scores a caption for each image. */
    public Scored score(List<String> captions) {
        List<List<String>> hypotheses = captions.stream().map(Tokenization.PTB::words).toList();
        double[] perImage = ciderD.scores(hypotheses);
        BleuCounts counts = BleuCounts.NONE;
        double rouge = 0;
        for (int k = 0; k < hypotheses.size(); k++) {
            counts = counts.plus(BleuCounts.of(references.get(k), hypotheses.get(k)));
            rouge += RougeL.score(references.get(k), hypotheses.get(k)) / hypotheses.size();
        }
        double[] bleu = new double[BleuCounts.ORDER];
        for (int order = 1; order <= bleu.length; order++) {
            bleu[order - 1] = CocoBleu.score(counts, order);
        }
        return new Scored(
                List.copyOf(captions),
                perImage,
                Arrays.stream(perImage).average().orElseThrow(),
                bleu,
                rouge);
    }
}
