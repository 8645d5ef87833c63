package io.modelgate.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelgate.git.CommitId;
import io.modelgate.git.GitHttpBackend;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays a Git host that cannot be had on a test machine, as its reference describes it: Git itself is real (a bare repository
 * behind {@code git http-backend}), the API is played by a subclass. A user's token is {@code token-<login>}.
 */
abstract class PlayedHost implements AutoCloseable {
    static final String OWNER = "acme";
    static final String NAME = "models";
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Every request to the API, as {@code <login> <method> <path and query>}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** Every move of a branch by Git, the newest last. */
    final List<Push> pushes = new CopyOnWriteArrayList<>();

    /** Names that came with secrets, as Git sends them. */
    final List<String> namesBesideSecrets = new CopyOnWriteArrayList<>();

    /** Paths that Git asked for. */
    final List<String> gitAsked = new CopyOnWriteArrayList<>();

    final Map<Integer, PlayedProposal> proposals = new TreeMap<>();

    /** Logins by their numbers, in the order in which they came. */
    private final Map<String, Long> accounts = new LinkedHashMap<>();

    private final Path root;
    private final GitHttpBackend backend;
    private final RegistryRepository repository;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Somebody moved a branch; a commit is empty where the branch came or went. */
    record Push(String user, String ref, Optional<CommitId> before, Optional<CommitId> after) {}

    /** What was asked, by whom: {@code path} below the API, decoded; parameters of the query by name. */
    record Ask(
            String user,
            String method,
            String path,
            Map<String, String> query,
            JsonNode body,
            Map<String, String> headers) {
        boolean is(String wanted, String pattern) {
            return method.equals(wanted) && path.matches(pattern);
        }

        /** A segment of the path, counted from 0. */
        String segment(int at) {
            return path.substring(1).split("/", -1)[at];
        }

        int number(int at) {
            return Integer.parseInt(segment(at));
        }

        String text(String field) {
            return body.path(field).asString("");
        }

        int parameter(String name, int otherwise) {
            return Integer.parseInt(query.getOrDefault(name, String.valueOf(otherwise)));
        }
    }

    /** What is answered; {@code null} for nothing. */
    record Reply(int status, Object body, Map<String, String> headers) {
        static Reply of(int status, Object body) {
            return new Reply(status, body, Map.of());
        }

        static Reply trouble(int status, String message) {
            return of(status, Map.of("message", message));
        }
    }

    PlayedHost(Path folder) {
        this.root = folder.resolve("played");
        this.backend = new GitHttpBackend(root);
        this.repository = Repositories.init(root.resolve(OWNER).resolve(NAME + ".git"), "main");
        git("config", "http.receivepack", "true");
        git("config", "uploadpack.allowAnySHA1InWant", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where the API begins, such as {@code /api/v3}. */
    abstract String apiPath();

    /** Answers a request of a user, whose login is empty for nobody. */
    abstract Reply api(Ask ask);

    /** Called after a branch was moved by Git. */
    abstract void pushed(Push push);

    final String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    final String address() {
        return url() + "/" + OWNER + "/" + NAME + ".git";
    }

    static String token(String user) {
        return "token-" + user;
    }

    /** The number of an account, which is made if need be. */
    final synchronized long account(String login) {
        return accounts.computeIfAbsent(login, name -> 100L + accounts.size());
    }

    /** The login of an account by its number. */
    final synchronized Optional<String> login(long account) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getValue() == account)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    final RegistryRepository repository() {
        repository.refreshNow();
        return repository;
    }

    final CommitId target() {
        return repository().ref("refs/heads/main").orElseThrow();
    }

    /** Where a repository of this host is: {@code owner/name}. */
    final Path place(String repository) {
        return root.resolve(repository + ".git");
    }

    /** Makes a fork whose branch is at this commit; the registry's own repository has that branch no more. */
    final void fork(String fork, String branch, CommitId head) {
        git(
                "clone",
                "--quiet",
                "--bare",
                place(OWNER + "/" + NAME).toString(),
                place(fork).toString());
        git("push", "--quiet", place(fork).toString(), "+" + head + ":refs/heads/" + branch);
        git("update-ref", "-d", "refs/heads/" + branch);
    }

    /** Runs git in the host's own repository; its output without the last line break. */
    final String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "--git-dir", place(OWNER + "/" + NAME).toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_AUTHOR_NAME", "Host",
                            "GIT_AUTHOR_EMAIL", "host@example.com",
                            "GIT_COMMITTER_NAME", "Host",
                            "GIT_COMMITTER_EMAIL", "host@example.com",
                            "GIT_CONFIG_NOSYSTEM", "1"));
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + ": " + out);
            }
            return out.strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Merges a proposal's head into main as hosts do: an own commit with both as parents; empty where files conflict. */
    final Optional<CommitId> mergeCommit(PlayedProposal proposal, String message) {
        String before = git("rev-parse", "refs/heads/main");
        String tree;
        try {
            tree = git("merge-tree", "--write-tree", before, proposal.head.toString());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
        String commit = git("commit-tree", tree, "-p", before, "-p", proposal.head.toString(), "-m", message);
        git("update-ref", "refs/heads/main", commit, before);
        proposal.merged = Optional.of(new CommitId(commit));
        return proposal.merged;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String user = user(exchange);
            if (path.startsWith(apiPath() + "/")) {
                json(exchange, user);
            } else if (user.isEmpty()) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                gitAsked.add(path);
                backend(exchange, user);
            }
        }
    }

    /** The login that a token stands for; empty without one. */
    private String user(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String secret = header == null ? "" : header.replaceFirst("^(Bearer|token|Basic) ", "");
        if (header != null && header.startsWith("Basic ")) {
            String both = new String(Base64.getDecoder().decode(secret), UTF_8);
            secret = both.substring(both.indexOf(':') + 1);
            namesBesideSecrets.add(both.substring(0, both.indexOf(':')));
        }
        String other = exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN");
        String token = other == null ? secret : other;
        return holder(token);
    }

    /** The login that a secret stands for; empty where it stands for nobody. */
    String holder(String secret) {
        return secret.startsWith("token-") ? secret.substring("token-".length()) : "";
    }

    private synchronized void json(HttpExchange exchange, String user) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String raw = exchange.getRequestURI().toString().substring(apiPath().length());
        asked.add(user + " " + exchange.getRequestMethod() + " " + raw);
        if (!user.isEmpty()) {
            account(user);
        }
        Ask ask = new Ask(
                user,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().substring(apiPath().length()),
                query(exchange.getRequestURI().getRawQuery()),
                MAPPER.readTree(sent.length == 0 ? "{}".getBytes(UTF_8) : sent),
                headers);
        Reply reply;
        try {
            reply = user.isEmpty() ? Reply.trouble(401, "Requires authentication") : api(ask);
        } catch (RuntimeException e) {
            reply = Reply.trouble(500, "the played host failed at " + raw + ": " + e);
        }
        byte[] body = reply.body() == null ? new byte[0] : MAPPER.writeValueAsBytes(reply.body());
        String tag = '"' + Integer.toHexString(java.util.Arrays.hashCode(body)) + '"';
        boolean known = reply.status() == 200 && tag.equals(headers.get("If-None-Match"));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("ETag", tag);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(known ? 304 : reply.status(), known || body.length == 0 ? -1 : body.length);
        if (!known) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new TreeMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(part.substring(0, equals), UTF_8),
                        URLDecoder.decode(part.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    private void backend(HttpExchange exchange, String user) throws IOException {
        boolean moves = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
        SortedMap<String, CommitId> before = moves ? branches() : new TreeMap<>();
        byte[] out = backend.run(exchange, user);
        if (moves) {
            note(user, before);
        }
        backend.reply(exchange, out);
    }

    private SortedMap<String, CommitId> branches() {
        return new TreeMap<>(repository().refs("refs/heads/"));
    }

    private synchronized void note(String user, SortedMap<String, CommitId> before) {
        account(user);
        SortedMap<String, CommitId> after = branches();
        SortedMap<String, CommitId> all = new TreeMap<>(before);
        all.putAll(after);
        all.keySet().stream()
                .filter(ref -> !Optional.ofNullable(before.get(ref)).equals(Optional.ofNullable(after.get(ref))))
                .map(ref ->
                        new Push(user, ref, Optional.ofNullable(before.get(ref)), Optional.ofNullable(after.get(ref))))
                .forEach(push -> {
                    pushes.add(push);
                    pushed(push);
                });
    }

    /** One page of a list with the links of RFC 8288, by the parameters {@code page} and {@code per_page}. */
    final Reply page(Ask ask, List<?> all) {
        int size = ask.parameter("per_page", 30);
        int page = ask.parameter("page", 1);
        int from = Math.min(all.size(), (page - 1) * size);
        int to = Math.min(all.size(), from + size);
        Map<String, String> headers = new TreeMap<>(Map.of("Date", now()));
        if (to < all.size()) {
            StringBuilder query = new StringBuilder();
            ask.query().forEach((name, value) -> {
                if (!name.equals("page")) {
                    query.append(name)
                            .append('=')
                            .append(java.net.URLEncoder.encode(value, UTF_8))
                            .append('&');
                }
            });
            headers.put(
                    "Link",
                    "<" + url() + apiPath() + ask.path() + "?" + query + "page=" + (page + 1) + ">; rel=\"next\"");
        }
        return new Reply(200, all.subList(from, to), headers);
    }

    static String now() {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC));
    }

    /** The proposals, the one that was touched last first. */
    final List<PlayedProposal> touchedLast() {
        return proposals.values().stream()
                .sorted((one, two) -> Long.compare(two.touched, one.touched))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        repository.close();
    }
}
