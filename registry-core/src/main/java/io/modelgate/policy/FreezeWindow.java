package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A time in which nothing moves. */
sealed interface FreezeWindow {
    boolean contains(LocalDateTime time);

    /** Whether some of it is still to come. */
    boolean isAhead(LocalDateTime now);

    /** The days of every week that it freezes from their beginning to their end. */
    default Set<DayOfWeek> wholeDays() {
        return Set.of();
    }

    /** When the window that contains this time is over. */
    LocalDateTime end(LocalDateTime time);

    /**
     * Days of the calendar.
     *
     * @param from the first day
     * @param until the last day
     * @param name what it is called
     */
    record Days(LocalDate from, LocalDate until, String name) implements FreezeWindow {
        static Optional<Days> of(Fields fields) {
            Optional<LocalDate> from = fields.parsed("from", Days::date);
            Optional<LocalDate> until = fields.parsed("until", Days::date);
            String name = fields.optionalText("name").orElse("a freeze");
            if (from.isEmpty() || until.isEmpty()) {
                return Optional.empty();
            }
            if (until.get().isBefore(from.get())) {
                fields.refuse("until", "until is before from.", "Exchange them.");
                return Optional.empty();
            }
            return Optional.of(new Days(from.get(), until.get(), name));
        }

        private static LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a date like 2026-12-20", e);
            }
        }

        @Override
        public boolean contains(LocalDateTime time) {
            return !time.toLocalDate().isBefore(from) && !time.toLocalDate().isAfter(until);
        }

        @Override
        public LocalDateTime end(LocalDateTime time) {
            return until.plusDays(1).atStartOfDay();
        }

        @Override
        public boolean isAhead(LocalDateTime now) {
            return !until.isBefore(now.toLocalDate());
        }

        @Override
        public String toString() {
            return name + " (" + from + " to " + until + ")";
        }
    }

    /**
     * A part of days of every week.
     *
     * @param days which days
     * @param after from this time of the day on
     */
    record Weekly(Set<DayOfWeek> days, LocalTime after) implements FreezeWindow {
        public Weekly {
            days = java.util.Collections.unmodifiableSet(new TreeSet<>(days));
        }

        static Optional<Weekly> of(Fields fields) {
            Set<DayOfWeek> days = new TreeSet<>(fields.parsedList("days", Weekly::day));
            Optional<LocalTime> after =
                    fields.has("after") ? fields.parsed("after", Weekly::time) : Optional.of(LocalTime.MIDNIGHT);
            return days.isEmpty() ? Optional.empty() : after.map(time -> new Weekly(days, time));
        }

        private static DayOfWeek day(String word) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (word(day).equals(word)) {
                    return day;
                }
            }
            throw new IllegalArgumentException("'" + word + "' is no day: write monday to sunday");
        }

        private static String word(DayOfWeek day) {
            return day.name().toLowerCase(Locale.ROOT);
        }

        private static LocalTime time(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a time like 16:00", e);
            }
        }

        @Override
        public boolean contains(LocalDateTime time) {
            return days.contains(time.getDayOfWeek()) && !time.toLocalTime().isBefore(after);
        }

        @Override
        public LocalDateTime end(LocalDateTime time) {
            return time.toLocalDate().plusDays(1).atStartOfDay();
        }

        @Override
        public boolean isAhead(LocalDateTime now) {
            return true;
        }

        @Override
        public Set<DayOfWeek> wholeDays() {
            return after.equals(LocalTime.MIDNIGHT) ? days : Set.of();
        }

        @Override
        public String toString() {
            return String.join(", ", days.stream().map(Weekly::word).toList())
                    + (after.equals(LocalTime.MIDNIGHT) ? "" : " after " + after);
        }
    }
}
