package io.modelgate.store.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/** Who can be at an address of the internet protocol (IANA special-purpose registries, RFC 6890). */
enum AddressClass {
    /** Anybody. */
    PUBLIC,
    /** Machines of the same organization. */
    PRIVATE,
    /** This machine. */
    LOOPBACK,
    /** The same wire; what clouds call 169.254.169.254 gives away credentials. */
    LINK_LOCAL,
    /** Nobody that gives models. */
    SPECIAL;

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** The class of an address; one that has another within it counts as that one. */
    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return SPECIAL;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        return address instanceof Inet6Address ? six(bytes) : four(bytes);
    }

    private static AddressClass four(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isPrivate = (first == 10)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 100 && second >= 64 && second < 128);
        boolean isTest = (first == 192 && second == 0 && bytes[2] == 0) || (first == 198 && (second & 0xfe) == 18);
        if (isPrivate) {
            return PRIVATE;
        }
        return first == 0 || first >= 240 || isTest ? SPECIAL : PUBLIC;
    }

    private static AddressClass six(byte[] bytes) {
        boolean zeros = startsWith(bytes, new byte[10]);
        boolean mapped = zeros && (bytes[10] == 0 || bytes[10] == -1) && bytes[10] == bytes[11];
        if (mapped || startsWith(bytes, NAT64)) {
            return of(inner(bytes, 12));
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return of(inner(bytes, 2));
        }
        if ((bytes[0] & 0xfe) == 0xfc || (bytes[0] == (byte) 0xfe && (bytes[1] & 0xc0) == 0xc0)) {
            return PRIVATE;
        }
        return (bytes[0] & 0xe0) == 0x20 ? PUBLIC : SPECIAL;
    }

    private static InetAddress inner(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
