package hlstm.runtime.decode;

import java.util.HashMap;
import java.util.Map;

/** Probabilities of all texts of small outputs, summed over every alignment there is. */
final class BruteForceCtc {
    private BruteForceCtc() {}

    /** Log-probability of each text that has an alignment of that many steps. */
    static Map<String, Double> logProbabilities(Alphabet alphabet, float[] logits, int steps) {
        int symbols = alphabet.size();
        double[][] probabilities = new double[steps][symbols];
        for (int t = 0; t < steps; t++) {
            double sum = 0;
            for (int s = 0; s < symbols; s++) {
                probabilities[t][s] = Math.exp(logits[t * symbols + s]);
                sum += probabilities[t][s];
            }
            for (int s = 0; s < symbols; s++) {
                probabilities[t][s] /= sum;
            }
        }
        Map<String, Double> texts = new HashMap<>();
        int[] path = new int[steps];
        long paths = Math.round(Math.pow(symbols, steps));
        for (long number = 0; number < paths; number++) {
            long rest = number;
            double probability = 1;
            for (int t = 0; t < steps; t++) {
                path[t] = (int) (rest % symbols);
                rest /= symbols;
                probability *= probabilities[t][path[t]];
            }
            if (probability > 0) {
                texts.merge(collapsed(alphabet, path), probability, Double::sum);
            }
        }
        texts.replaceAll((text, probability) -> Math.log(probability));
        return texts;
    }

    private static String collapsed(Alphabet alphabet, int[] path) {
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < path.length; t++) {
            if (path[t] != alphabet.blank() && (t == 0 || path[t] != path[t - 1])) {
                text.append(alphabet.symbols().get(path[t]));
            }
        }
        return text.toString();
    }
}
