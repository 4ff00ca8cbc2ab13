package s3_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/blob/blobtest"
	"echoppe.dev/platform/driver/blob/s3"
	"echoppe.dev/platform/driver/blob/s3/s3test"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
)

func open(t *testing.T, cfg s3.Config) *s3.Bucket {
	t.Helper()
	b, err := s3.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBucket_contract(t *testing.T) {
	server := s3test.Start(t)
	b := open(t, server.Config())
	if err := b.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	blobtest.Run(t, b)
}

func TestBucket_storeGone(t *testing.T) {
	server := s3test.Start(t)
	b := open(t, server.Config())
	server.Stop()
	_, _, get := b.Get(t.Context(), "a")
	_, list := b.List(t.Context(), "", "", 0)
	put := b.Put(t.Context(), "a", strings.NewReader("x"), blob.Meta{})
	for call, err := range map[string]error{"Get": get, "List": list, "Put": put, "Delete": b.Delete(t.Context(), "a"), "Check": b.Check(t.Context())} {
		if !errors.Is(err, blob.ErrUnavailable) || fault.KindOf(err) != fault.Upstream {
			t.Errorf("%s = %v, want ErrUnavailable", call, err)
		}
	}
}

func TestBucket_wrongCredentials(t *testing.T) {
	cfg := s3test.Start(t).Config()
	cfg.Secret = secret.NewText("guessed")
	b := open(t, cfg)
	if _, _, err := b.Get(t.Context(), "a"); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("Get = %v, want ErrUnavailable", err)
	}
	if err := b.Check(t.Context()); err == nil {
		t.Error("Check finds nothing wrong")
	}
}

func TestOpen_incomplete(t *testing.T) {
	for name, cfg := range map[string]s3.Config{
		"no bucket": {Key: "k", Secret: secret.NewText("s")},
		"no key":    {Bucket: "b", Secret: secret.NewText("s")},
		"no secret": {Bucket: "b", Key: "k"},
	} {
		if _, err := s3.Open(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
