package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;

/** The state arrays that an optimiser keeps with a parameter. */
final class Slots {
    private Slots() {}

    static void ensure(Parameter parameter, int count) {
        if (parameter.slots().isEmpty()) {
            for (int k = 0; k < count; k++) {
                parameter.slots().add(new float[parameter.values().length]);
            }
        }
        boolean fits = parameter.slots().size() == count;
        for (float[] slot : parameter.slots()) {
            fits &= slot.length == parameter.values().length;
        }
        if (!fits) {
            throw new IllegalStateException(
                    "%s: expected %d optimiser slots of %d values, found %s: do not mix optimisers"
                            .formatted(
                                    parameter.name(),
                                    count,
                                    parameter.values().length,
                                    parameter.slots().stream().map(slot -> slot.length).toList()));
        }
    }
}
