package io.modelgate.host;

import io.modelgate.git.CommitId;

/**
 * A proposal to open.
 *
 * @param text title, description and source
 * @param head the commit that asks to be merged
 */
public record ProposalDraft(ProposalText text, CommitId head) {}
