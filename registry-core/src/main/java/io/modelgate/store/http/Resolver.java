package io.modelgate.store.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Says which addresses a name has. */
interface Resolver {
    /** What this machine says; Java keeps that for half a minute, so that the connection is made to what was looked at. */
    Resolver SYSTEM = InetAddress::getAllByName;

    InetAddress[] resolve(String host) throws UnknownHostException;
}
