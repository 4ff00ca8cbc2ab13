package backoffice_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Bad input: whoever reads the revision of a form reads it by form.Revision, so that a forged one is stale and never too
// large for its column.
func TestBadInput_Revision(t *testing.T) {
	reads := regexp.MustCompile("`form:\"rev[^`]*`|Get\\(\"rev\"\\)+")
	found := 0
	for _, root := range []string{".", "../platform/fleet"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for line := range strings.SplitSeq(string(text), "\n") {
				if !reads.MatchString(line) {
					continue
				}
				found++
				if !strings.Contains(line, `"rev,revision"`) && !strings.Contains(line, "form.Revision(") {
					t.Errorf("%s: %s", path, strings.TrimSpace(line))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 25 {
		t.Errorf("only %d forms read a revision", found)
	}
}
