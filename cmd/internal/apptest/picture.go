package apptest

import (
	"bytes"
	"testing"

	"echoppe.dev/tenant/media"
)

// Picture gives the shop a picture, and its address there.
func (s *Shop) Picture(t testing.TB, content []byte) string {
	t.Helper()
	m, err := s.place.App.Rooms.Library.Upload(t.Context(), s.Shop, clerk, media.Incoming{Name: "photo.png", Content: bytes.NewReader(content)})
	if err != nil {
		t.Fatalf("upload: %v", err)
	}
	return s.URL + "/" + m.Largest().Key
}
