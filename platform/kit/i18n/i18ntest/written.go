package i18ntest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Written are the message keys that stand in the sources of a folder, tests left out: what the first
// group of pattern matches.
func Written(t testing.TB, folder string, pattern *regexp.Regexp) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources in %s: %v", folder, err)
	}
	var keys []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pattern.FindAllStringSubmatch(string(source), -1) {
			keys = append(keys, m[1])
		}
	}
	return keys
}
