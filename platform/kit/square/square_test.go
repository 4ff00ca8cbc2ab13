package square_test

import (
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"

	"echoppe.dev/platform/kit/square"
)

// TestOf: the strokes, followed module by module, are the code and nothing else.
func TestOf(t *testing.T) {
	for _, text := range []string{"a", "https://shop.example/o/" + strings.Repeat("x", 90)} {
		want, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		got := square.Of(text)
		if got.Size != want.Size+8 {
			t.Errorf("%q: %d wide, the code has %d", text, got.Size, want.Size)
		}
		black := map[[2]int]bool{}
		for _, row := range strings.Split(got.Path, "M")[1:] {
			var x, y, n int
			start, rest, _ := strings.Cut(row, "h")
			if _, err := fmt.Sscanf(start, "%d %d.5", &x, &y); err != nil {
				t.Fatal(row, err)
			}
			for _, stroke := range strings.Split(rest, "m") {
				if step, length, moved := strings.Cut(stroke, " 0h"); moved {
					var by int
					if _, err := fmt.Sscan(step, &by); err != nil {
						t.Fatal(stroke, err)
					}
					x, stroke = x+by, length
				}
				if _, err := fmt.Sscan(stroke, &n); err != nil {
					t.Fatal(stroke, err)
				}
				for range n {
					black[[2]int{x - 4, y - 4}] = true
					x++
				}
			}
		}
		for y := range want.Size {
			for x := range want.Size {
				if black[[2]int{x, y}] != want.Black(x, y) {
					t.Fatalf("%q: module %d,%d", text, x, y)
				}
			}
		}
	}
	if got := square.Of(strings.Repeat("x", 5000)); got != (square.Code{}) {
		t.Errorf("a novel: %+v", got.Size)
	}
}
