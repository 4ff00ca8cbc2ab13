package demo

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// What cannot be brought up whole is taken down again and told, so that the next start finds the folder free.
func TestStart_Half(t *testing.T) {
	data := t.TempDir()
	mail := filepath.Join(data, "mail")
	if err := os.WriteFile(mail, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := Options{Data: data, Port: "1", Log: slog.New(slog.DiscardHandler)}
	if m, err := Start(t.Context(), o); err == nil {
		m.Close()
		t.Fatal("started with a file where the mailbox goes")
	}
	if err := os.Remove(mail); err != nil {
		t.Fatal(err)
	}
	m, err := Start(t.Context(), o)
	if err != nil {
		t.Fatalf("the folder is still held: %v", err)
	}
	m.Close()
}
