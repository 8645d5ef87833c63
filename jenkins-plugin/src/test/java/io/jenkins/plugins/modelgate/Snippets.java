package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jvnet.hudson.test.JenkinsRule;

/** What the Snippet Generator makes of a step. */
final class Snippets {
    private Snippets() {}

    /** The step is written so, and what is read back of that is written so again. */
    static <S extends Step> S roundTrip(S step, Class<S> type, String written) throws Exception {
        assertEquals(written, Snippetizer.object2Groovy(step));
        DescribableModel<S> model = new DescribableModel<>(type);
        Map<String, Object> arguments = model.uninstantiate2(step).toMap();
        S read = model.instantiate(arguments, null);
        assertEquals(written, Snippetizer.object2Groovy(read));
        return read;
    }

    /** Opens the form of a step with its defaults and generates: every view of it is rendered on the way. */
    static String generated(JenkinsRule jenkins, String display, Map<String, String> fields) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("pipeline-syntax/");
        HtmlForm form = page.getFormByName("config");
        HtmlSelect steps = form.querySelector("select.dropdownList");
        HtmlOption option = steps.getOptions().stream()
                .filter(each -> each.getText().contains(display))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step '" + display + "' among "
                        + steps.getOptions().stream().map(HtmlOption::getText).toList()));
        steps.setSelectedAttribute(option, true);
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            form.getInputsByName("_." + field.getKey()).stream()
                    .filter(input -> input.isDisplayed())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no field " + field.getKey()))
                    .setValue(field.getValue());
        }
        page.getElementById("generatePipelineScript").click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        return ((HtmlTextArea) page.getElementById("prototypeText")).getText();
    }
}
