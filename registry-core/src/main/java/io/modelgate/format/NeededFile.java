package io.modelgate.format;

/** The name of a file that another file refers to. */
final class NeededFile {
    private NeededFile() {}

    /** Whether it is not below the folder of the file that names it. */
    static boolean leavesTheFolder(String name) {
        String path = name.replace('\\', '/');
        return path.startsWith("/") || path.matches("[A-Za-z]:.*") || ("/" + path + "/").contains("/../");
    }
}
