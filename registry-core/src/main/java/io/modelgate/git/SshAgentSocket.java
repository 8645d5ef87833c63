package io.modelgate.git;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.transport.sshd.agent.AbstractConnector;
import org.jspecify.annotations.Nullable;

/** Talks to an ssh-agent over its socket, so that keys with a passphrase and keys in hardware work. */
final class SshAgentSocket extends AbstractConnector {
    private static final int LENGTH_BYTES = 4;

    private final Path socket;
    private @Nullable SocketChannel channel;

    SshAgentSocket(Path socket) {
        this.socket = socket;
    }

    @Override
    public boolean connect() throws IOException {
        if (channel == null && Files.exists(socket)) {
            SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                opened.connect(UnixDomainSocketAddress.of(socket));
                channel = opened;
            } finally {
                if (channel == null) {
                    opened.close();
                }
            }
        }
        return channel != null;
    }

    @Override
    public byte[] rpc(byte command, byte[] message) throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            throw new IOException("no ssh-agent is connected");
        }
        prepareMessage(command, message);
        ByteBuffer request = ByteBuffer.wrap(message);
        while (request.hasRemaining()) {
            open.write(request);
        }
        byte[] length = read(open, LENGTH_BYTES);
        return read(open, toLength(command, length));
    }

    private static byte[] read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the ssh-agent closed the connection");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
