package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RegistryStepTest {
    private static final List<Class<? extends Step>> STEPS = List.of(
            RegisterModelStep.class,
            PromoteModelStep.class,
            ModelgateStep.class,
            ResolveModelStep.class,
            PullModelStep.class,
            DeployModelsStep.class);

    @Test
    void isExplainedInTheReferenceAndInTheForm(JenkinsRule jenkins) throws Exception {
        for (Class<? extends Step> step : STEPS) {
            String reference =
                    new DescribableModel<>(step).getParameter("registry").getHelp();
            assertTrue(reference != null && reference.contains("Manage Jenkins, System, Modelgate"), step.getName());
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                String form = client.goTo("descriptor/" + step.getName() + "/help/registry")
                        .asNormalizedText();
                assertTrue(form.contains("Manage Jenkins, System, Modelgate"), form);
            }
        }
    }

    @Test
    void isChosenInTheForm(JenkinsRule jenkins) throws Exception {
        ModelgateConfiguration.get().setRegistries(List.of(new RegistrySettings("models", "/srv/models.git")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("pipeline-syntax/");
            HtmlForm form = page.getFormByName("config");
            HtmlSelect steps = form.querySelector("select.dropdownList");
            for (HtmlOption step : steps.getOptions().stream()
                    .filter(each -> each.getText()
                            .matches("(registerModel|promoteModel|modelgate|resolveModel|pullModel|deployModels):.*"))
                    .toList()) {
                steps.setSelectedAttribute(step, true);
                client.waitForBackgroundJavaScript(10_000);
                List<String> offered = form.getSelectsByName("_.registry").stream()
                        .filter(HtmlSelect::isDisplayed)
                        .flatMap(each -> each.getOptions().stream())
                        .map(HtmlOption::getValueAttribute)
                        .toList();
                assertEquals(List.of("", "models"), offered, step.getText());
            }
        }
    }
}
