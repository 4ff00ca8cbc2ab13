package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestDocument: themes/OBJECTS.md says what the source says; each template of the base theme stands in it, and every property has its place.
func TestDocument(t *testing.T) {
	all, err := read("..")
	if err != nil {
		t.Fatal(err)
	}
	said, err := os.ReadFile("../../../themes/OBJECTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(said, write(all)) {
		t.Error("themes/OBJECTS.md is out of date: go generate ./storefront/view")
	}
	files, err := os.ReadDir("../../../themes/base/templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name, _, _ := strings.Cut(f.Name(), ".")
		if !bytes.Contains(said, []byte("\n### templates/"+name+"\n")) {
			t.Errorf("templates/%s is drawn with nothing known", name)
		}
	}
	for _, want := range []string{"| `now` | [Money](#money) |", "| `cards` | list of [Card](#card) |", "| `description` | markup |"} {
		if !bytes.Contains(said, []byte(want)) {
			t.Errorf("%s is missing", want)
		}
	}
}
