package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class VerdictActionTest {
    private static final String HOSTILE =
            "<script>document.title='taken'</script><img src=x onerror=alert(1)> ${1+1} &lt;";

    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void showsHostileTextsAsText() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        VerdictAction.add(build, verdict(HOSTILE), OptionalInt.of(4), Optional.of(URI.create("javascript:alert(1)")));
        HtmlPage page = jenkins.createWebClient().getPage(build, "modelgate");
        HtmlTable found = page.querySelector("table.jenkins-table");
        assertEquals("What was found", found.getAttribute("aria-label"));
        assertEquals(List.of("Severity", "Rule", "Finding", "Place", "What to do"), texts(found, "thead th"));
        assertEquals(
                List.of("block", "release/" + HOSTILE, HOSTILE, HOSTILE + ":3:1", "Mend " + HOSTILE),
                found.getRow(1).getCells().stream()
                        .map(cell -> cell.getTextContent())
                        .toList());
        assertTrue(
                page.querySelectorAll("#main-panel script, #main-panel img, #main-panel [style], #main-panel [onclick]")
                        .isEmpty());
        assertFalse(page.getTitleText().contains("taken"));
        assertTrue(page.querySelectorAll("#main-panel a[href^='javascript']").isEmpty());
        assertTrue(
                page.querySelectorAll("table.jenkins-table td[role=rowheader]").size() >= 2);
        HtmlPage summary = jenkins.createWebClient().getPage(build);
        String said = summary.querySelector("a[href='modelgate'] ~ ul li").asNormalizedText();
        assertEquals("FAIL: promotion, proposal 4. " + HOSTILE + ":3:1: " + HOSTILE, said);
    }

    @Test
    void linksTheProposalAndOutlivesARestart() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        URI page = URI.create("https://git.acme.example/acme/models/pulls/4");
        VerdictAction.add(build, verdict("is bad"), OptionalInt.of(4), Optional.of(page));
        VerdictAction.add(build, verdict("is worse"), OptionalInt.empty(), Optional.empty());
        jenkins.jenkins.reload();
        build = jenkins.jenkins
                .getItemByFullName(build.getParent().getName(), FreeStyleProject.class)
                .getLastBuild();
        assertEquals(1, build.getActions(VerdictAction.class).size());
        List<ShownVerdict> kept = build.getAction(VerdictAction.class).getVerdicts();
        assertEquals(
                List.of("is bad", "is worse"),
                kept.stream()
                        .map(each -> each.getFindings().get(0).getMessage())
                        .toList());
        HtmlPage shown = jenkins.createWebClient().getPage(build, "modelgate");
        assertEquals("proposal 4", shown.getAnchorByHref(page.toString()).asNormalizedText());
    }

    private static List<String> texts(HtmlTable table, String selector) {
        return table.querySelectorAll(selector).stream()
                .map(node -> ((DomElement) node).asNormalizedText())
                .toList();
    }

    private static Verdict verdict(String text) {
        Finding finding = Finding.block("release/" + text, Place.at(text, 3, 1), text, "Mend " + text);
        RuleResult rule = new RuleResult(
                "release",
                text,
                text,
                Outcome.FAIL,
                new RuleResult.Line(text, text, text, Place.NOWHERE, text),
                List.of(finding));
        return new Verdict(
                Verdict.Outcome.FAIL,
                "promotion",
                new Verdict.Basis(
                        new CommitId("a".repeat(40)),
                        new CommitId("b".repeat(40)),
                        Digest.of(""),
                        "modelgate/1",
                        Instant.EPOCH),
                List.of(rule),
                List.of(finding),
                List.of(),
                new Verdict.People(List.of("Ask " + text), List.of()));
    }
}
