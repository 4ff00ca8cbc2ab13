package ui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"

	"echoppe.dev/platform/driver/ui"
)

// The constants and the sprite name the same icons.
func TestIcons(t *testing.T) {
	sprite := map[string]bool{}
	for _, m := range regexp.MustCompile(`<symbol id="([^"]+)"`).FindAllStringSubmatch(body(t, ask("GET", ui.Assets().URL("icons.svg"), "")), -1) {
		sprite[m[1]] = true
	}
	file, err := parser.ParseFile(token.NewFileSet(), "icon.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			name, err := strconv.Unquote(text.Value)
			if err != nil {
				t.Fatal(err)
			}
			constants++
			if !sprite[name] {
				t.Errorf("%s is not in the sprite", name)
			}
		}
		return true
	})
	if constants != len(sprite) {
		t.Errorf("%d constants, %d symbols", constants, len(sprite))
	}
}
