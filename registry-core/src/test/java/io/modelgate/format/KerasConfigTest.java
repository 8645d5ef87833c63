package io.modelgate.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasConfigTest {
    private static Notes notes(String layer) throws DamagedException {
        Notes notes = new Notes();
        String json = "{'module': 'keras', 'class_name': 'Sequential', 'config': {'layers': [" + layer + "]}}";
        KerasConfig.read(new MemoryBytes(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), notes);
        return notes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'module': 'keras.utils', 'class_name': 'function', 'config': 'get_file', 'registered_name': 'get_file'}",
                "{'config': 'exec', 'class_name': 'function', 'module': 'builtins'}",
                "{'module': 'builtins', 'class_name': 'eval', 'config': {}}",
                "{'module': 'builtins', 'class_name': 'type', 'config': {}}",
                "{'module': 'keras.layers', 'class_name': 'Lambda', 'config': {}}",
                "{'module': 'os', 'class_name': 'system', 'config': {}}",
                "{'module': 'keras.layers', 'class_name': 'Dense', 'config': {'activation': "
                        + "{'class_name': 'function', 'module': 'builtins', 'config': 'my_own'}}}",
            })
    void seesWhatRunsCode(String layer) throws DamagedException {
        assertThat(notes(layer).canRunCode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'module': 'keras.layers', 'class_name': 'Dense', 'config': {'units': 1, 'activation': 'relu'}}",
                "{'module': 'builtins', 'class_name': 'function', 'config': 'softmax', 'registered_name': 'softmax'}",
                "{'module': 'builtins', 'class_name': 'slice', 'config': {}}",
                "{'class_name': '__tuple__', 'items': [1, 2]}",
            })
    void leavesWhatComputesAlone(String layer) throws DamagedException {
        assertThat(notes(layer).canRunCode()).isFalse();
    }
}
