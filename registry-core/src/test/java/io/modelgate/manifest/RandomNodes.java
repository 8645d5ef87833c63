package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes values that a writer may stumble over. */
final class RandomNodes {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "no",
            "Yes",
            "null",
            "~",
            "true",
            "1.10",
            "0777",
            "1e3",
            "-",
            "- a",
            "a: b",
            "a:",
            ":a",
            "a #b",
            "#a",
            "'a'",
            "\"",
            "\\",
            "a\\nb",
            "a\nb",
            "a\n",
            "\na",
            "a\n\n",
            "a \nb",
            " a\nb",
            "\n",
            "a\tb",
            "\t",
            "a\rb",
            "{a",
            "[a",
            "a, b",
            "a]",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "? a",
            "---",
            "...",
            "<<",
            "=",
            "2026-11-23",
            "12:30",
            "ä",
            "日本",
            "👩‍🔬",
            "a\u00a0b",
            "\u00a0",
            "0x1F",
            ".5",
            ".inf",
            "+1",
            "1_0",
            "a\n# b\n",
            "a\n  b\nc",
            "a\n\n\nb",
            "key: |",
            "x".repeat(200),
            "# expect",
            "- ",
            "\\u0041",
            "\"a\" b",
            "a'b",
            "}",
            "%",
            "1.",
            "\u2014",
            "a\n ",
            "a\n\t b");

    private RandomNodes() {}

    static Node node(Random random, int depth) {
        int choice = random.nextInt(depth > 0 ? 8 : 5);
        return switch (choice) {
            case 0, 1 -> new Node.Text(Place.NOWHERE, text(random));
            case 2 -> number(random);
            case 3 -> new Node.Bool(Place.NOWHERE, random.nextBoolean());
            case 4 -> new Node.Null(Place.NOWHERE);
            case 5 ->
                MappingBuilder.sequence(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> node(random, depth - 1))
                        .toList());
            default -> mapping(random, depth);
        };
    }

    static Node.Mapping mapping(Random random, int depth) {
        MappingBuilder builder = new MappingBuilder();
        IntStream.range(0, random.nextInt(5)).forEach(i -> builder.put(text(random), node(random, depth - 1)));
        return builder.build();
    }

    static String text(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return random.nextInt(3) == 0 ? text + TEXTS.get(random.nextInt(TEXTS.size())) : text;
    }

    private static Node number(Random random) {
        BigDecimal value = switch (random.nextInt(5)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(2000) - 1000L);
            case 1 -> BigDecimal.valueOf(random.nextDouble());
            case 2 -> BigDecimal.valueOf(random.nextGaussian() * 1e-300);
            case 3 -> BigDecimal.valueOf(random.nextGaussian() * 1e300);
            default -> new BigDecimal("1.10");
        };
        return new Node.Decimal(Place.NOWHERE, value);
    }
}
