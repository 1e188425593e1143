package hlstm.bench.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import hlstm.runtime.WarmUpReport;
import hlstm.trainer.machine.Machine;

/**
 * What {@code bench soak --json} prints.
 *
 * @param machine where it ran
 * @param caseName whose H-LSTM it was
 * @param geometry of its connections
 * @param warmUpSteps steps of the warm-up
 * @param settled whether it had settled by then
 * @param firstStepMicros the first step of the session after the warm-up
 */
record SoakReport(
        Machine machine,
        @JsonProperty("case") String caseName,
        String geometry,
        long warmUpSteps,
        boolean settled,
        double firstStepMicros,
        @JsonUnwrapped SoakResult result) {
    static SoakReport of(
            String caseName,
            String geometry,
            WarmUpReport warmUp,
            double firstStepMicros,
            SoakResult result) {
        return new SoakReport(
                Machine.here(),
                caseName,
                geometry,
                warmUp.steps(),
                warmUp.settled(),
                firstStepMicros,
                result);
    }
}
