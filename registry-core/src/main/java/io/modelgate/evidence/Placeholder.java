package io.modelgate.evidence;

import io.modelgate.finding.Place;

/**
 * Text that a template or a hurried author left to be replaced.
 *
 * @param text what stands there
 * @param place where
 */
public record Placeholder(String text, Place place) {}
