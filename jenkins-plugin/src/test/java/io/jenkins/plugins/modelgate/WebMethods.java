package io.jenkins.plugins.modelgate;

import hudson.model.Descriptor;
import hudson.model.Job;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.QueryParameter;

/**
 * Calls every method of descriptors that is reachable over HTTP as somebody who may nothing but read, and says which ones answer
 * more than they should: a GET at all, or a POST with anything but a refusal, an empty answer, or the value that was sent.
 */
final class WebMethods implements AutoCloseable {
    private static final String SENT = "sent-by-the-form";

    private final JenkinsRule jenkins;
    private final Job<?, ?> job;
    private final Map<String, JenkinsRule.WebClient> clients = new TreeMap<>();

    /** @param job one that the user may read and not configure */
    WebMethods(JenkinsRule jenkins, Job<?, ?> job) {
        this.jenkins = jenkins;
        this.job = job;
    }

    /** Those that a descriptor declares, not those that it has of Jenkins. */
    static List<Method> of(Descriptor<?> descriptor) {
        return Arrays.stream(descriptor.getClass().getMethods())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.modelgate."))
                .toList();
    }

    /** What a user who may only read is told too much. */
    List<String> toldTooMuch(Descriptor<?> descriptor, String user) throws Exception {
        List<String> told = new ArrayList<>();
        for (Method method : of(descriptor)) {
            for (String context : List.of("", job.getUrl())) {
                String path = context + address(descriptor, method);
                String name = context + " " + descriptor.getClass().getName() + "#" + method.getName();
                WebResponse got = ask(user, path, HttpMethod.GET);
                if (got.getStatusCode() != 404 && got.getStatusCode() != 405) {
                    told.add("GET " + name + " answers " + got.getStatusCode());
                }
                WebResponse posted = ask(user, path, HttpMethod.POST);
                if (!isNothing(posted)) {
                    told.add("POST " + name + " answers " + posted.getStatusCode() + " "
                            + posted.getContentAsString().strip());
                }
            }
        }
        return told;
    }

    /** Whether whoever configures Jenkins gets an answer, without which a refusal would say nothing. */
    boolean answers(Descriptor<?> descriptor, Method method, String administrator) throws Exception {
        return ask(administrator, address(descriptor, method), HttpMethod.POST).getStatusCode() == 200;
    }

    private static String address(Descriptor<?> descriptor, Method method) {
        String name = method.getName().substring(2);
        Parameter[] parameters = method.getParameters();
        String[] names = ClassDescriptor.loadParameterNames(method);
        String values = IntStream.range(0, parameters.length)
                .filter(each -> parameters[each].isAnnotationPresent(QueryParameter.class))
                .mapToObj(each -> nameOf(parameters[each], names[each]))
                .map(each -> each + "=" + URLEncoder.encode(SENT, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "descriptorByName/" + descriptor.getId() + "/"
                + name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1) + "?" + values;
    }

    private static String nameOf(Parameter parameter, String name) {
        String given = parameter.getAnnotation(QueryParameter.class).value();
        return given.isEmpty() ? name : given;
    }

    private static boolean isNothing(WebResponse response) {
        if (response.getStatusCode() == 403) {
            return true;
        }
        String body = response.getContentAsString().strip();
        return response.getStatusCode() == 200 && (body.equals("<div/>") || isWhatWasSent(body));
    }

    /** A list to choose from with nothing in it but what was sent. */
    private static boolean isWhatWasSent(String body) {
        if (!body.startsWith("{")) {
            return false;
        }
        JSONArray values = JSONObject.fromObject(body).optJSONArray("values");
        return values != null
                && values.stream()
                        .map(JSONObject.class::cast)
                        .allMatch(each -> each.getString("value").equals(SENT)
                                && each.getString("name").contains(SENT));
    }

    private WebResponse ask(String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = jenkins.createWebClient()
                    .withJavaScriptEnabled(false)
                    .withThrowExceptionOnFailingStatusCode(false)
                    .login(user);
            clients.put(user, client);
        }
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    @Override
    public void close() {
        clients.values().forEach(JenkinsRule.WebClient::close);
    }
}
