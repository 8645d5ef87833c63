package io.modelgate.host;

import io.modelgate.finding.Text;
import io.modelgate.gate.Verdict;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Person;
import io.modelgate.manifest.UserId;

/** The message of a merge commit: what was decided, in trailers that an audit needs nothing else to read. */
public final class MergeMessage {
    private MergeMessage() {}

    /**
     * Title, description and trailers.
     *
     * @param host the host's kind, which an approver's id is told with
     * @param people who is who
     */
    public static String of(Proposal proposal, Verdict verdict, String host, Governance people) {
        StringBuilder message = new StringBuilder(Text.printable(proposal.title())).append("\n\n");
        message.append("Modelgate-Proposal: ").append(proposal.number()).append('\n');
        message.append("Modelgate-Verdict: ").append(verdict.outcome().word()).append('\n');
        message.append("Modelgate-Policy: ").append(verdict.policy()).append('\n');
        for (UserId approver : verdict.approvedBy()) {
            message.append("Approved-by: ").append(host).append(':').append(approver);
            people.people().stream()
                    .filter(person -> person.id().equals(approver))
                    .findFirst()
                    .flatMap(Person::name)
                    .ifPresent(name -> message.append(' ').append(Text.printable(name)));
            message.append('\n');
        }
        return message.toString();
    }
}
