package authz

import (
	"strings"
	"testing"
)

// A misspelt line must stop the program at start, since at run time it would
// only look like a refusal.
func TestParse_mistakes(t *testing.T) {
	const sound = "p2, shop, home.view\np, owner, shop, *\n"
	if _, err := parse(sound); err != nil {
		t.Fatalf("sound policy: %v", err)
	}
	for _, tc := range []struct{ name, line, want string }{
		{"permission that is not declared", "p, owner, shop, home.veiw", "not declared"},
		{"permission of the other kind", "p, operator, console, home.view", "not declared"},
		{"pattern that matches nothing", "p, owner, shop, house.*", "not declared"},
		{"role nobody can hold", "p, boss, shop, home.view", "nobody can hold it"},
		{"unknown role includes another", "g, boss, owner, shop", "unknown role"},
		{"role includes an empty one", "g, owner, ghost, shop", "no permission"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := parse(sound + tc.line + "\n")
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("parse = %v, want an error about %q", err, tc.want)
			}
		})
	}
}
