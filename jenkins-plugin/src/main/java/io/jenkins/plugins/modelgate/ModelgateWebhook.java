package io.jenkins.plugins.modelgate;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.modelgate.watch.HookSignature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;

/**
 * Takes webhooks of Git hosts. A hook says only that something happened: then the registries are asked at once and not only
 * after a minute. It reads nothing of what the hook says and shows nothing of Jenkins.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ModelgateWebhook implements UnprotectedRootAction, StaplerProxy {
    static final String NAME = "modelgate-webhook";

    private static final Logger LOGGER = Logger.getLogger(ModelgateWebhook.class.getName());
    private static final int MOST_BYTES = 8 << 20;

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return NAME;
    }

    /** Asked before anything below this address is: every answer is given here, whatever the path. */
    @Override
    public Object getTarget() {
        HttpServletRequest request = Stapler.getCurrentRequest2();
        throw HttpResponses.status(request == null ? 404 : take(request));
    }

    private static int take(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return 405;
        }
        if (request.getContentLengthLong() > MOST_BYTES) {
            return 413;
        }
        try {
            byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                return 413;
            }
            if (!isRight(request, body)) {
                return 401;
            }
        } catch (IOException e) {
            return 400;
        }
        PromotionPolling.get().doRun();
        return 204;
    }

    private static boolean isRight(HttpServletRequest request, byte[] body) {
        try {
            return ModelgateConfiguration.get()
                    .hookSecret()
                    .map(secret -> new HookSignature(secret.getPlainText()))
                    .filter(signature -> signature.isRight(name -> Optional.ofNullable(request.getHeader(name)), body))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            LOGGER.warning("No webhook is taken: " + e.getMessage() + ".");
            return false;
        }
    }

    /** Git hosts have no crumb. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class WithoutCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (path == null || path.contains("..") || !(path + "/").startsWith("/" + NAME + "/")) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
