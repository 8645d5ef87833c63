package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Model;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardDraftTest {
    private static final String SUBJECT = """
            apiVersion: modelgate.io/v1
            kind: %s
            id: a
            subject: {model: credit/default-risk, version: 1.0.0, digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
            tool: {name: tool, version: "1"}
            dataset: {name: "german|credit", role: test, rows: 10}
            task: binary-classification
            """;

    @Test
    void leavesEverythingToWriteWhereNothingIsKnown() {
        String card = new CardDraft(Optional.empty(), VersionFacts.NONE, List.of(), List.of())
                .text("A model", CardNeeds.NONE);
        assertThat(card).isEqualTo("""
                ---
                license: TODO
                ---
                # A model

                ## Intended use
                TODO: who uses its answers, for what.

                ## Out of scope
                TODO: what its answers must not be used for, and for whom it was not made.

                ## Training data
                TODO: where the data come from, whom they describe and whom not.

                ## Evaluation
                TODO: how well it does, on which data.

                ## Fairness
                TODO: how it treats groups of people; or why it is not about people.

                ## Explainability
                TODO: how an answer can be explained.

                ## Limitations
                TODO: where it is weak, and what a user must watch.
                """);
        Card read = Card.read(SourceFile.of("card.md", card)).get();
        assertThat(read.placeholders()).hasSize(8);
    }

    @Test
    void saysWhatIsKnown() {
        Model model = Model.read(SourceFile.of("models/credit/default-risk/model.yaml", """
                apiVersion: modelgate.io/v1
                kind: Model
                name: credit/default-risk
                description: A model.
                owners: [alice]
                purpose: Support for <b>credit officers</b>.
                riskTier: high
                licence: Apache-2.0
                """))
                .get();
        VersionFacts facts = VersionFacts.read(SourceFile.of("facts.yaml", """
                description: Says who [repays].
                lineage:
                  datasets:
                    - {name: german, role: train, rows: 700}
                    - {name: german-more, role: validation}
                    - {name: german-test, role: test}
                    - {name: live, role: production}
                explainability:
                  - {scope: global, method: shap, features: [{name: a, importance: 1}, {name: b, importance: 1}, {name: c, importance: 1}, {name: d, importance: 1}, {name: e, importance: 1}, {name: f, importance: 1}]}
                  - {scope: local, method: lime, how: POST /explain}
                  - {scope: local, method: other, description: As text., how: not this}
                """)).get();
        Evaluation evaluation = Evaluation.read(SourceFile.of("a.yaml", SUBJECT.formatted("Evaluation") + """
                metrics:
                  - {id: auc, value: 0.123456}
                  - {id: recall, value: 0.5, slice: {sex: female}}
                  - {id: f1, value: null, status: undefined}
                """))
                .get();
        FairnessReport report = FairnessReport.read(SourceFile.of("a.yaml", SUBJECT.formatted("FairnessReport") + """
                favourable: "1"
                attributes:
                  - name: sex
                    groups:
                      - {name: female, n: 4, tp: 1, fp: 0, tn: 1, fn: 2}
                      - {name: male, n: 6}
                metrics: []
                """))
                .get();
        FairnessReport bare = FairnessReport.read(SourceFile.of("a.yaml", SUBJECT.formatted("FairnessReport") + """
                favourable: "1"
                attributes:
                  - {name: sex, groups: [{name: female, n: 4}, {name: male, n: 6}]}
                metrics: []
                """))
                .get();
        assertThat(new CardDraft(
                                Optional.of(model),
                                facts,
                                List.of(evaluation, evaluation),
                                List.of(bare, report, report))
                        .text(
                                "Default\nrisk",
                                new CardNeeds(
                                        Set.of("Zoo", "Caveats", "limitations "),
                                        Set.of("tags", "license", "language"))))
                .isEqualTo("""
                ---
                license: apache-2.0
                language: TODO
                tags: TODO
                ---
                # Default risk

                Says who (repays).

                ## Intended use
                Support for (b)credit officers(/b).

                ## Out of scope
                TODO: what its answers must not be used for, and for whom it was not made.

                ## Training data
                * german (train, 700 rows)
                * german-more (validation)

                TODO: where the data come from, whom they describe and whom not.

                ## Evaluation
                | metric | value | data |
                |---|---|---|
                | auc | 0.1235 | german/credit |
                | recall {sex=female} | 0.5 | german/credit |
                | f1 | undefined | german/credit |

                ## Fairness
                | attribute | group | n | selection rate | data |
                |---|---|---|---|---|
                | sex | female | 4 | 0.25 | german/credit |
                | sex | male | 6 |  | german/credit |

                TODO: what the differences between the groups mean.

                ## Explainability
                * The whole model: shap. What matters most: a, b, c, d, e.
                * One answer: lime. POST /explain
                * One answer: other. As text.

                ## Limitations
                TODO: where it is weak, and what a user must watch.

                ## Caveats
                TODO: write what belongs here.

                ## Zoo
                TODO: write what belongs here.
                """);
    }
}
