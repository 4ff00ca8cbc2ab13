package form_test

import (
	"testing"

	"echoppe.dev/platform/kit/form"
)

func TestRevision(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "7": 7, " 7 ": 7, "2147483646": 2147483646,
		"": form.NoRevision, "-1": form.NoRevision, "-7": form.NoRevision, "x": form.NoRevision, "1.5": form.NoRevision,
		"2147483647": form.NoRevision, "2147483648": form.NoRevision, "99999999999": form.NoRevision, "99999999999999999999": form.NoRevision,
	} {
		if got := form.Revision(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}
