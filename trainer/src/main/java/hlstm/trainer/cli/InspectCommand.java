package hlstm.trainer.cli;

import hlstm.runtime.CaptioningTask;
import hlstm.runtime.CellSpec;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.MatrixReport;
import hlstm.runtime.Model;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.RowConvolutionSpec;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.TranslationTask;
import hlstm.runtime.text.TextCoding;
import hlstm.sparse.Geometry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm inspect}: what is in a model file. */
@Command(
        name = "inspect",
        description = {
            "Show what is in a model file.",
            "Shows layers, shapes, densities, FLOPs, and the run that it comes from.",
            "The file is checked in full, its digest too, and its golden vector is run on this"
                    + " machine's kernels."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm inspect model.safetensors",
            "  hlstm inspect model.safetensors --all",
            "  hlstm inspect model.safetensors --json"
        })
final class InspectCommand implements Callable<Integer> {
    /** What begins with one of these is said elsewhere in few words, or in the tables above. */
    private static final List<String> DETAILS = List.of("recipe.", "density.");

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model file.")
    private Path file;

    @Option(
            names = "--all",
            description =
                    "Show all that the file says of its run: every setting of the recipe too, and"
                            + " the densities that the run noted.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON, with all that the file says of its run.")
    private boolean json;

    InspectCommand() {}

    @Override
    public Integer call() throws IOException {
        Model model = Model.load(file);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(json(model)));
        } else {
            print(out, model);
        }
        return 0;
    }

    private Map<String, Object> json(Model model) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", file.toString());
        report.put("bytes", model.fileBytes().orElse(0));
        report.put("task", task(model));
        report.put("weights", model.weights());
        report.put("denseWeights", model.spec().denseWeights());
        report.put("gateWeights", model.recurrentWeights());
        report.put("denseGateWeights", denseGateWeights(model));
        report.put("biases", model.biases());
        report.put("flopsPerStep", model.flopsPerStep());
        report.put("gateFlopsPerStep", gateFlops(model));
        List<Map<String, Object>> layers = new ArrayList<>();
        for (LayerSpec layer : model.spec().layers()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", kind(layer));
            entry.put("inputWidth", layer.inputWidth());
            entry.put("outputWidth", layer.outputWidth());
            if (layer instanceof RecurrentSpec recurrent) {
                entry.put("bidirectional", recurrent.bidirectional());
                entry.put("concatenated", recurrent.directions() == Directions.CONCATENATED);
                entry.put("gateHiddenWidths", recurrent.cell().hiddenWidths());
                entry.put("sharedHidden", recurrent.cell().sharedHidden());
                entry.put("rectifierSlope", recurrent.cell().rectifierSlope());
            }
            if (layer instanceof ConvolutionSpec convolution) {
                entry.put("inputBins", convolution.inputBins());
                entry.put("inputChannels", convolution.inputChannels());
                entry.put("outputBins", convolution.outputBins());
                entry.put("outputChannels", convolution.outputChannels());
                entry.put("time", convolution.time());
                entry.put("frequency", convolution.frequency());
                entry.put("clip", convolution.clip());
            }
            if (layer instanceof RowConvolutionSpec convolution) {
                entry.put("lookahead", convolution.lookahead());
            }
            layers.add(entry);
        }
        report.put("layers", layers);
        List<Map<String, Object>> matrices = new ArrayList<>();
        for (MatrixReport matrix : model.matrices()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", matrix.name());
            entry.put("rows", matrix.rows());
            entry.put("columns", matrix.columns());
            entry.put("geometry", matrix.geometry());
            entry.put("weights", matrix.weights());
            entry.put("density", matrix.density());
            entry.put("flopsPerStep", matrix.flopsPerStep());
            matrices.add(entry);
        }
        report.put("matrices", matrices);
        report.put("provenance", model.provenance());
        report.put("kernels", model.kernels());
        return report;
    }

    private void print(PrintWriter out, Model model) {
        out.println(
                "file     %s, %s"
                        .formatted(
                                Printable.of(file.toString()),
                                Figures.bytes(model.fileBytes().orElse(0))));
        out.println("task     " + Printable.of(taskText(model)));
        out.println(
                "weights  %s of %s (%s), and %s biases"
                        .formatted(
                                Figures.count(model.weights()),
                                Figures.count(model.spec().denseWeights()),
                                Figures.percent(
                                        (double) model.weights() / model.spec().denseWeights()),
                                Figures.count(model.biases())));
        long gates = denseGateWeights(model);
        if (gates > 0) {
            out.println(
                    "gates    %s of %s weights (%s)"
                            .formatted(
                                    Figures.count(model.recurrentWeights()),
                                    Figures.count(gates),
                                    Figures.percent((double) model.recurrentWeights() / gates)));
        }
        out.println("FLOPs    " + flopsText(model));
        out.println("kernels  %s, golden vector met".formatted(model.kernels().provider()));
        if (model.matrices().stream()
                .anyMatch(matrix -> matrix.geometry().equals(Geometry.PLAIN.label()))) {
            out.println("plain    " + model.kernels().plain());
        }
        out.println();
        Table layers = new Table("layer", "kind", ">inputs", ">outputs");
        for (int n = 0; n < model.spec().layers().size(); n++) {
            LayerSpec layer = model.spec().layers().get(n);
            layers.row(
                    n,
                    kindText(layer) + part(model.spec(), n),
                    layer.inputWidth(),
                    layer.outputWidth());
        }
        out.println(layers);
        Table matrices =
                new Table(
                        "matrix",
                        ">rows",
                        ">columns",
                        "geometry",
                        ">weights",
                        ">density",
                        ">FLOPs a step");
        for (MatrixReport matrix : model.matrices()) {
            matrices.row(
                    matrix.name(),
                    matrix.rows(),
                    matrix.columns(),
                    matrix.geometry(),
                    Figures.count(matrix.weights()),
                    Figures.percent(matrix.density()),
                    Figures.count(matrix.flopsPerStep()));
        }
        out.print(matrices);
        printProvenance(out, model.provenance());
    }

    private static String flopsText(Model model) {
        if (model.spec().task() instanceof TranslationTask task) {
            long source =
                    model.matrices().stream()
                            .filter(matrix -> isOfSource(matrix, task))
                            .mapToLong(MatrixReport::flopsPerStep)
                            .sum();
            return "%s a token of the source, %s a token of the target; %s of both of gates"
                    .formatted(
                            Figures.count(source),
                            Figures.count(model.flopsPerStep() - source),
                            Figures.count(gateFlops(model)));
        }
        return "%s a step, %s of them of gates"
                .formatted(Figures.count(model.flopsPerStep()), Figures.count(gateFlops(model)));
    }

    /** Whether a matrix is multiplied for each token of the source, not of the target. */
    private static boolean isOfSource(MatrixReport matrix, TranslationTask task) {
        for (int n = 0; n < task.encoderLayers(); n++) {
            if (matrix.name().startsWith("layers." + n + ".")) {
                return true;
            }
        }
        return matrix.name().equals("attention.keys");
    }

    private static long gateFlops(Model model) {
        return 2 * model.recurrentWeights();
    }

    private void printProvenance(PrintWriter out, Map<String, String> provenance) {
        if (provenance.isEmpty()) {
            return;
        }
        Table table = new Table("provenance", "");
        int left = 0;
        for (Map.Entry<String, String> line : provenance.entrySet()) {
            if (!all && DETAILS.stream().anyMatch(line.getKey()::startsWith)) {
                left++;
            } else {
                table.row(line.getKey(), line.getValue());
            }
        }
        out.println();
        out.print(table);
        if (left > 0) {
            out.println(
                    "%d more, on settings of the recipe and densities: --all shows them"
                            .formatted(left));
        }
    }

    /** Weights that the gate matrices would have without gaps. */
    private static long denseGateWeights(Model model) {
        return model.matrices().stream()
                .filter(MatrixReport::isOfGates)
                .mapToLong(matrix -> (long) matrix.rows() * matrix.columns())
                .sum();
    }

    private static Map<String, Object> task(Model model) {
        Map<String, Object> task = new LinkedHashMap<>();
        if (model.spec().task() instanceof SpeechTask speech) {
            task.put("kind", "speech");
            task.put("features", speech.features());
            task.put("symbols", speech.alphabet().symbols());
        } else if (model.spec().task() instanceof TranslationTask translation) {
            task.put("kind", "translation");
            task.put("source", text(translation.source()));
            task.put("target", text(translation.target()));
            task.put("attention", translation.attention().label());
            task.put("encoderLayers", translation.encoderLayers());
        } else if (model.spec().task() instanceof CaptioningTask captioning) {
            task.put("kind", "captioning");
            task.put("features", captioning.featureWidth());
            task.put("transform", captioning.transform().label());
            task.put("words", captioning.vocabulary().size());
        } else {
            task.put("kind", "sequence");
        }
        return task;
    }

    private static Map<String, Object> text(TextCoding coding) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("unit", coding.unit().label());
        text.put("tokens", coding.vocabulary().size());
        text.put("merges", coding.codes().merges().size());
        return text;
    }

    private static String taskText(Model model) {
        if (model.spec().task() instanceof SpeechTask speech) {
            return "speech at %d Hz, a step every %.0f ms, %s"
                    .formatted(
                            speech.features().sampleRate(),
                            1000 * speech.features().secondsPerStep() * model.spec().timeStride(),
                            speech.alphabet());
        }
        if (model.spec().task() instanceof TranslationTask translation) {
            return "translation of %s (%s tokens) to %s (%s), %s attention"
                    .formatted(
                            translation.source().unit().label(),
                            Figures.count(translation.source().vocabulary().size()),
                            translation.target().unit().label(),
                            Figures.count(translation.target().vocabulary().size()),
                            translation.attention().label());
        }
        if (model.spec().task() instanceof CaptioningTask captioning) {
            return "captions of images with %d features (transform %s), %d words"
                    .formatted(
                            captioning.featureWidth(),
                            captioning.transform().label(),
                            captioning.vocabulary().size());
        }
        return "sequences of %d inputs to sequences of %d outputs"
                .formatted(model.spec().inputWidth(), model.spec().outputWidth());
    }

    private static String kind(LayerSpec layer) {
        if (layer instanceof RecurrentSpec recurrent) {
            return recurrent.cell().hiddenWidths().isEmpty() ? "lstm" : "h-lstm";
        }
        if (layer instanceof ConvolutionSpec) {
            return "convolution";
        }
        if (layer instanceof RowConvolutionSpec) {
            return "row convolution";
        }
        return layer instanceof LinearSpec ? "linear" : layer.getClass().getSimpleName();
    }

    private static String kindText(LayerSpec layer) {
        if (layer instanceof RecurrentSpec recurrent) {
            return recurrentText(recurrent);
        }
        if (layer instanceof ConvolutionSpec convolution) {
            return "convolution, %d channels of %d bins, time %s, frequency %s, clipped to %s"
                    .formatted(
                            convolution.outputChannels(),
                            convolution.outputBins(),
                            axisText(convolution.time()),
                            axisText(convolution.frequency()),
                            convolution.clip());
        }
        if (layer instanceof RowConvolutionSpec convolution) {
            return "row convolution, %d steps ahead".formatted(convolution.lookahead());
        }
        return kind(layer);
    }

    /** What a layer of a translator is to it. */
    private static String part(ModelSpec spec, int layer) {
        if (!(spec.task() instanceof TranslationTask task)) {
            return "";
        }
        if (layer < task.encoderLayers()) {
            return ", encoder";
        }
        return layer < spec.layers().size() - 1 ? ", decoder" : ", output";
    }

    private static String axisText(ConvolutionAxis axis) {
        return "%d/%d+%d".formatted(axis.kernel(), axis.stride(), axis.padding());
    }

    private static String recurrentText(RecurrentSpec recurrent) {
        CellSpec cell = recurrent.cell();
        StringBuilder text = new StringBuilder();
        text.append(
                switch (recurrent.directions()) {
                    case FORWARD -> "";
                    case SUMMED -> "bidirectional ";
                    case CONCATENATED -> "bidirectional (concatenated) ";
                });
        text.append(cell.hiddenWidths().isEmpty() ? "LSTM" : "H-LSTM, gate hidden layers ");
        if (!cell.hiddenWidths().isEmpty()) {
            text.append(cell.hiddenWidths());
            text.append(cell.sharedHidden() ? " shared" : "");
            text.append(cell.rectifierSlope() == 0 ? ", ReLU" : ", leaky ReLU");
        }
        return text.toString();
    }
}
