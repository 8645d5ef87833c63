// A registry that lists referrers by the API of the distribution specification 1.1, with its blobs as plain files that a test can
// change: <folder>/<repository>/sha256/<digits>. See peers/referrers-registry.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Unlike the library's own it does not compare what it has with its name: whoever reads must notice.
type folder string

func (root folder) file(repository string, h v1.Hash) string {
	return filepath.Join(string(root), strings.TrimSuffix(repository, "/blobs"), h.Algorithm, h.Hex)
}

func told(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return registry.ErrNotFound
	}
	return err
}

func (root folder) Stat(_ context.Context, repository string, h v1.Hash) (int64, error) {
	info, err := os.Stat(root.file(repository, h))
	if err != nil {
		return 0, told(err)
	}
	return info.Size(), nil
}

func (root folder) Get(_ context.Context, repository string, h v1.Hash) (io.ReadCloser, error) {
	file, err := os.Open(root.file(repository, h))
	return file, told(err)
}

func (root folder) Put(_ context.Context, repository string, h v1.Hash, bytes io.ReadCloser) error {
	name := root.file(repository, h)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(name), "new-")
	if err != nil {
		return err
	}
	_, err = io.Copy(fresh, bytes)
	if err = errors.Join(err, fresh.Close()); err != nil {
		return errors.Join(err, os.Remove(fresh.Name()))
	}
	return os.Rename(fresh.Name(), name)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("url %s\n", listener.Addr())
	server := &http.Server{
		Handler:           registry.New(registry.WithReferrersSupport(true), registry.WithBlobHandler(folder(os.Args[1]))),
		ReadHeaderTimeout: 10 * time.Second,
	}
	log.Fatal(server.Serve(listener))
}
