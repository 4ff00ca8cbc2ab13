package rivals_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/bench/rivals"
)

var between = regexp.MustCompile(`>\s+|\s+<`)

// same is a page without what the engines are free to write in their own way: spaces between elements, large letters in the type.
func same(page string) string {
	page = strings.Replace(strings.TrimSpace(page), "<!DOCTYPE", "<!doctype", 1)
	return between.ReplaceAllStringFunc(page, strings.TrimSpace)
}

// TestContestants: all of them draw the same page.
func TestContestants(t *testing.T) {
	all, err := rivals.All()
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for _, c := range all {
		var out bytes.Buffer
		if err := c.Draw(&out, rivals.Sample()); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		page := same(out.String())
		switch {
		case first == "":
			first = page
			if n := strings.Count(page, "<li class=\"card"); n != 24 || !strings.Contains(page, "&lt;unique&gt;") {
				t.Errorf("%d cards in %s", n, page)
			}
		case page != first:
			at := 0
			for at < min(len(page), len(first)) && page[at] == first[at] {
				at++
			}
			t.Errorf("%s differs at %d:\n%.80q\n%.80q", c.Name, at, page[max(0, at-20):], first[max(0, at-20):])
		}
	}
}

func BenchmarkContestants(b *testing.B) {
	all, err := rivals.All()
	if err != nil {
		b.Fatal(err)
	}
	page := rivals.Sample()
	for _, c := range all {
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := c.Draw(&out, page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
