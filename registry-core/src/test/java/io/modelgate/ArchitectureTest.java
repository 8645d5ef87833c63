package io.modelgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Stream.concat;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of the code: what each package may use. */
class ArchitectureTest {
    /** Each package may use those before it, and none after it. {@code io.modelgate} itself may use them all. */
    private static final List<String> ORDER = List.of(
            "finding",
            "manifest",
            "git",
            "store",
            "format",
            "signature",
            "evidence",
            "importer",
            "policy",
            "gate",
            "host",
            "promotion",
            "deploy",
            "catalog",
            "audit",
            "report",
            "watch");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.modelgate");

    static List<String> packages() {
        return ORDER;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyThePackagesBeforeIt(String name) {
        List<String> later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
        check(noClasses()
                .that()
                .resideInAPackage("io.modelgate." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(baseAnd(later))
                .because("a package uses only those before it in the table of packages"));
    }

    @Test
    void givesEveryPackageAPlaceInTheOrder() {
        check(classes().should().resideInAnyPackage(baseAnd(ORDER)));
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        check(slices().matching("io.modelgate.(**)").should().beFreeOfCycles());
    }

    @Test
    void importsJgitInOnePackageOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.modelgate.git..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit.."));
    }

    @Test
    void neverPrints() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void neverThrowsAGenericException() {
        check(NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
    }

    @Test
    void marksEveryPackageForTheNullChecker() {
        assertThat(CORE.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }

    private static String[] baseAnd(List<String> names) {
        return concat(Stream.of("io.modelgate"), names.stream().map(name -> "io.modelgate." + name + ".."))
                .toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}
