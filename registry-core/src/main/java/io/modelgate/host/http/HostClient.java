package io.modelgate.host.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.LoginSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks one Git host. What is safe to ask twice is asked again when the host is busy or away for a moment; what is known already
 * is asked with {@code If-None-Match}. The secret goes to this host only, wherever an answer points. For one thread.
 */
public final class HostClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 32 << 20;
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_REMEMBERED = 200;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern PAGE_SIZE = Pattern.compile("[?&](?:limit|per_page)=([1-9][0-9]{0,3})(?:&|$)");

    private final URI base;
    private final Supplier<Map<String, String>> headers;
    private final Supplier<Optional<LoginSource>> source;
    private final Clock clock;
    private final HttpClient http;
    private final Map<String, Answer> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private int requests;

    /**
     * @param base where the host's API starts, such as {@code https://git.acme.example/api/v1}
     * @param headers sent with every request, {@code Authorization} among them; asked for each, since a token may end
     * @param source where the secret in the headers came from, for messages
     */
    public HostClient(
            URI base, Supplier<Map<String, String>> headers, Supplier<Optional<LoginSource>> source, Clock clock) {
        this.base = base;
        this.headers = headers;
        this.source = source;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Does not know where the secret in the headers came from. */
    public HostClient(URI base, Supplier<Map<String, String>> headers, Clock clock) {
        this(base, headers, Optional::empty, clock);
    }

    /** Sends the same headers always. */
    public HostClient(URI base, Map<String, String> headers, Clock clock) {
        this(base, () -> headers, clock);
    }

    /** A path of these segments, each encoded; a segment may have slashes, which are no separators then. */
    public static String path(Object... segments) {
        return Stream.of(segments).map(each -> "/" + encode(each.toString())).collect(Collectors.joining());
    }

    /** Text as a part of a path or query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** How many requests were sent so far. */
    public int requests() {
        return requests;
    }

    /** What is at a path; NOT_FOUND when nothing is. */
    public Json get(String path) {
        return require(ask("GET", path, ""), path).json();
    }

    /** What is at a path, if anything is that this user may see. */
    public Optional<Json> find(String path) {
        Answer answer = ask("GET", path, "");
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(require(answer, path).json());
    }

    /**
     * The elements of a list, page by page as the host links them.
     *
     * @param most after so many the host is not asked for more; more than so many are never given
     */
    public List<Json> all(String path, int most) {
        List<Json> elements = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        for (int page = 2; next.isPresent() && elements.size() < most; page++) {
            Answer answer = require(ask("GET", next.get(), ""), path);
            List<Json> found = answer.json().listed().toList();
            found.stream().limit((long) most - elements.size()).forEach(elements::add);
            next = answer.next().map(link -> following(path, link)).or(unlinked(path, answer, found.size(), page));
        }
        return elements;
    }

    /** Some lists have pages and no links between them (Gitea's reviews and timelines): a page that is full is not the last. */
    private static Supplier<Optional<String>> unlinked(String path, Answer answer, int found, int page) {
        Matcher asked = PAGE_SIZE.matcher(path);
        boolean full = asked.find() && found >= Integer.parseInt(asked.group(1));
        boolean linked = answer.headers().firstValue("link").isPresent();
        return () -> full && !linked ? Optional.of(path + "&page=" + page) : Optional.empty();
    }

    /** Creates something; not sent twice unless the host said that it did nothing. */
    public Json post(String path, String body) {
        return require(ask("POST", path, body), path).json();
    }

    /** Changes something to what the body says. */
    public Json patch(String path, String body) {
        return require(ask("PATCH", path, body), path).json();
    }

    /** The answer itself, when it is one that tells of the request and not of trouble on the way. */
    public Answer require(Answer answer, String what) {
        if (!answer.ok()) {
            HostTrouble.Shown shown = new HostTrouble.Shown(headers.get().containsKey("Authorization"), source.get());
            throw HostTrouble.of(base.getHost(), answer, what, shown);
        }
        return answer;
    }

    /**
     * Sends a request and gives whatever the host answers to it in the end.
     *
     * @param body JSON; nothing when empty
     */
    public Answer ask(String method, String path, String body) {
        String target = path;
        for (int redirects = 0; ; redirects++) {
            Answer answer = askPatiently(method, target, body);
            if (answer.status() < 300 || answer.status() >= 400 || answer.status() == NOT_MODIFIED) {
                return answer;
            }
            Optional<String> location = answer.headers().firstValue("location");
            if (!method.equals("GET") || location.isEmpty() || redirects >= MOST_REDIRECTS) {
                throw HostTrouble.moved(base.getHost(), location);
            }
            target = within(base.resolve(location.get()));
        }
    }

    private Answer askPatiently(String method, String path, String body) {
        Patience patience = new Patience(clock);
        boolean repeatable = !method.equals("POST");
        while (true) {
            Optional<Answer> answer = Optional.empty();
            try {
                answer = Optional.of(send(method, path, body));
                if (!isBusy(answer.get(), repeatable) || !patience.again(answer)) {
                    return answer.get();
                }
            } catch (IOException e) {
                boolean unsent = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
                if (!(repeatable || unsent) || !HostTrouble.mayPass(e) || !patience.again(answer)) {
                    throw HostTrouble.of(base, e);
                }
            }
        }
    }

    /** Whether the same request may end otherwise in a moment. */
    private static boolean isBusy(Answer answer, boolean repeatable) {
        boolean gateway = answer.status() == 502 || answer.status() == 503 || answer.status() == 504;
        boolean undone = answer.status() == 503
                && answer.headers().firstValue("retry-after").isPresent();
        return Exhaustion.of(answer) || (repeatable ? gateway : undone);
    }

    private Answer send(String method, String path, String body) throws IOException {
        requests++;
        Optional<Answer> old = method.equals("GET") ? Optional.ofNullable(known.get(path)) : Optional.empty();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(WHOLE);
        headers.get().forEach(request::setHeader);
        old.flatMap(answer -> answer.headers().firstValue("etag"))
                .ifPresent(tag -> request.setHeader("If-None-Match", tag));
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.setHeader("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<byte[]> response = receive(http.sendAsync(request.build(), info -> new LimitedBody(MOST_BYTES)));
        if (response.statusCode() == NOT_MODIFIED && old.isPresent()) {
            return old.get();
        }
        Answer answer = read(response);
        if (answer.ok() && answer.headers().firstValue("etag").isPresent()) {
            known.put(path, answer);
        }
        return answer;
    }

    private Answer read(HttpResponse<byte[]> response) {
        try {
            return Answer.of(response.statusCode(), response.headers(), response.body());
        } catch (IllegalArgumentException e) {
            throw RegistryException.environment(
                    base.getHost() + " answers something else than a Git host's API does.",
                    "Check the address: is a login page or a proxy in between?",
                    e);
        }
    }

    private static HttpResponse<byte[]> receive(CompletableFuture<HttpResponse<byte[]>> coming) throws IOException {
        try {
            return coming.get(WHOLE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new IOException("the answer took too long", e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IOException(e.getCause());
        }
    }

    /**
     * The next page of a list, on this host: behind a proxy a host may not know the address that it is reached by, and gives
     * another one.
     */
    private String following(String path, String link) {
        if (link.startsWith(base + "/")) {
            return link.substring(base.toString().length());
        }
        int query = link.indexOf('?');
        return path.replaceAll("\\?.*$", "") + (query < 0 ? "" : link.substring(query));
    }

    /** The path of an address that is part of this API; anything else is not asked, and never sees the secret. */
    private String within(URI address) {
        String text = address.toString();
        if (!text.startsWith(base + "/")) {
            throw HostTrouble.moved(base.getHost(), Optional.of(text));
        }
        return text.substring(base.toString().length());
    }
}
