package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.CellSpec;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final CellSpec CELL = new CellSpec(3, 4, List.of(8), false, 0.01f);

    private final ThreadWorkers workers = new ThreadWorkers(1);
    private final Pass pass = new Pass(KernelProviders.get(), workers, true, 1);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void refusesLayersThatDoNotFit() {
        List<Layer> layers =
                List.of(new LinearLayer("layers.0", 3, 4), new LinearLayer("layers.1", 5, 2));
        assertThrows(IllegalArgumentException.class, () -> new Network(layers));
        assertThrows(IllegalArgumentException.class, () -> new Network(List.of()));
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        List<Layer> layers =
                List.of(new LinearLayer("layers.0", 3, 3), new LinearLayer("layers.0", 3, 3));
        assertThrows(IllegalArgumentException.class, () -> new Network(layers));
    }

    @Test
    void namesItsTensors() {
        Network network =
                new Network(
                        List.of(
                                new RecurrentLayer("layers.0", CELL, true, 0),
                                new BatchNormLayer("layers.1", 4)));
        List<String> names = network.parameters().stream().map(Parameter::name).toList();
        assertTrue(names.contains("layers.0.forward.gates.0.input"));
        assertTrue(names.contains("layers.0.backward.gates.1.o"));
        assertTrue(names.contains("layers.0.forward.gates.1.bias"));
        assertTrue(names.contains("layers.1.scale"));
        assertEquals(
                List.of("layers.1.mean", "layers.1.variance"),
                network.state().stream().map(LayerState::name).toList());
    }

    @Test
    void eachBackwardPassNeedsAForwardPass() {
        SequenceBlock block = Batches.random(3, 1, new int[] {2}, new SplittableRandom(1));
        RecurrentLayer layer = new RecurrentLayer("layers.0", CELL, false, 0);
        assertThrows(IllegalStateException.class, () -> layer.backward(block, false, pass));
        SequenceBlock output = layer.forward(block, pass);
        layer.backward(output, false, pass);
        assertThrows(IllegalStateException.class, () -> layer.backward(output, false, pass));
    }

    @Test
    void refusesGradientsOfAnotherShape() {
        SequenceBlock block = Batches.random(3, 2, new int[] {2, 1}, new SplittableRandom(1));
        SequenceBlock other = Batches.random(4, 1, new int[] {2}, new SplittableRandom(1));
        for (Layer layer :
                List.of(
                        new RecurrentLayer("layers.0", CELL, false, 0),
                        new LinearLayer("layers.0", 3, 4),
                        new BatchNormLayer("layers.0", 3))) {
            layer.forward(block, pass);
            assertThrows(IllegalArgumentException.class, () -> layer.backward(other, true, pass));
        }
    }

    @Test
    void layersDirectionsAndLevelsDropIndependently() {
        Set<Integer> streams = new HashSet<>();
        for (int layer = 0; layer < 10; layer++) {
            for (int direction = 0; direction < 2; direction++) {
                int stream = RecurrentLayer.dropoutStream("layers." + layer, direction);
                for (int level = 0; level < 5; level++) {
                    assertTrue(streams.add(CellShard.levelStream(stream, level)));
                }
            }
        }
    }

    @Test
    void refusesInputOfAnotherWidth() {
        SequenceBlock block = Batches.random(2, 1, new int[] {2}, new SplittableRandom(1));
        for (Layer layer :
                List.of(
                        new RecurrentLayer("layers.0", CELL, false, 0),
                        new LinearLayer("layers.0", 3, 4),
                        new BatchNormLayer("layers.0", 3))) {
            assertThrows(IllegalArgumentException.class, () -> layer.forward(block, pass));
        }
    }

    @Test
    void initialisationCountsTheConnectionsOfARow() {
        CellSpec spec = new CellSpec(64, 64, List.of(64), false, 0);
        RecurrentLayer layer = new RecurrentLayer("layers.0", spec, false, 0);
        Parameter input = layer.parameters().get(0);
        Parameter recurrent = layer.parameters().get(1);
        SplittableRandom random = new SplittableRandom(1);
        for (Parameter parameter : List.of(input, recurrent)) {
            parameter.restructure(SparsityPattern.random(256, 64, Geometry.PLAIN, 0.125, random));
        }
        layer.initialise(random);
        double square = 0;
        for (float value : input.values()) {
            square += value * value;
        }
        double connections = 2 * 0.125 * 64;
        assertEquals(2 / connections, square / input.values().length, 0.1 / connections);
        Parameter bias = layer.parameters().getLast();
        assertEquals("layers.0.forward.gates.1.bias", bias.name());
        float[] expected = new float[256];
        Arrays.fill(expected, 64, 128, 1);
        assertArrayEquals(expected, bias.values());
    }

    @Test
    void initialisationIsSeeded() {
        assertArrayEquals(initialised(1), initialised(1));
        assertFalse(Arrays.equals(initialised(1), initialised(2)));
    }

    private static float[] initialised(long seed) {
        Network network = new Network(List.of(new RecurrentLayer("layers.0", CELL, false, 0)));
        network.initialise(seed);
        return network.parameters().getFirst().values();
    }

    @Test
    void gathersTheDenseGradientBesides() {
        RecurrentLayer sparse = new RecurrentLayer("layers.0", CELL, true, 0);
        SplittableRandom random = new SplittableRandom(3);
        for (Parameter parameter : sparse.parameters()) {
            if (parameter.kind() != Parameter.Kind.VECTOR) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(),
                                parameter.columns(),
                                Geometry.PLAIN,
                                0.4,
                                random));
            }
        }
        sparse.initialise(random);
        RecurrentLayer dense = new RecurrentLayer("layers.0", CELL, true, 0);
        for (int k = 0; k < dense.parameters().size(); k++) {
            Parameter from = sparse.parameters().get(k);
            Parameter to = dense.parameters().get(k);
            for (Element element : Element.of(from)) {
                to.values()[element.row() * to.columns() + element.column()] =
                        from.values()[element.position()];
            }
            from.setDenseGradient(new float[from.rows() * from.columns()]);
        }
        SequenceBlock input = Batches.random(3, 2, new int[] {3, 2}, random);
        SequenceBlock outputGradient = Batches.random(4, 2, new int[] {3, 2}, random);
        for (RecurrentLayer layer : List.of(sparse, dense)) {
            layer.forward(input, pass);
            layer.backward(outputGradient, false, pass);
        }
        for (int k = 0; k < dense.parameters().size(); k++) {
            Parameter parameter = sparse.parameters().get(k);
            assertArrayEquals(
                    dense.parameters().get(k).gradient(),
                    parameter.denseGradient(),
                    1e-5f,
                    parameter.name());
            for (Element element : Element.of(parameter)) {
                assertEquals(
                        parameter
                                .denseGradient()[
                                element.row() * parameter.columns() + element.column()],
                        parameter.gradient()[element.position()],
                        1e-5f);
            }
        }
    }
}
