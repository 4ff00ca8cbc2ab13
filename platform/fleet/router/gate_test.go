package router_test

import (
	"testing"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
)

func TestJudge(t *testing.T) {
	at := func(m registry.Mode, change func(*router.Facts)) router.Facts {
		f := router.Facts{State: registry.Open, Mode: m, Part: router.Page}
		if change != nil {
			change(&f)
		}
		return f
	}
	for _, tt := range []struct {
		name  string
		facts router.Facts
		want  router.Verdict
	}{
		{"MNT-01 anybody", at(registry.Production, nil), router.Pass},

		{"MNT-02 a new visitor", at(registry.Draining, nil), router.Maintenance},
		{"MNT-02 entered before", at(registry.Draining, func(f *router.Facts) { f.Inside = true }), router.Pass},
		{"MNT-02 from a listed address", at(registry.Draining, func(f *router.Facts) { f.Listed = true }), router.Pass},
		{"MNT-02 with a preview link", at(registry.Draining, func(f *router.Facts) { f.Preview = true }), router.Pass},
		{"MNT-02 a bank", at(registry.Draining, func(f *router.Facts) { f.Part = router.Notice }), router.Pass},
		{"MNT-02 a download, allowed", at(registry.Draining, func(f *router.Facts) { f.Part, f.Downloads = router.Download, true }), router.Pass},
		{"MNT-02 a download, not allowed", at(registry.Draining, func(f *router.Facts) { f.Part = router.Download }), router.Maintenance},

		{"MNT-03 a new visitor", at(registry.Shut, nil), router.Maintenance},
		{"MNT-03 entered before", at(registry.Shut, func(f *router.Facts) { f.Inside = true }), router.Maintenance},
		{"MNT-03 from a listed address", at(registry.Shut, func(f *router.Facts) { f.Listed = true }), router.Maintenance},
		{"MNT-03 with a preview link", at(registry.Shut, func(f *router.Facts) { f.Preview = true }), router.Maintenance},
		{"MNT-03 a bank", at(registry.Shut, func(f *router.Facts) { f.Part = router.Notice }), router.Pass},
		{"MNT-03 a download, allowed", at(registry.Shut, func(f *router.Facts) { f.Part, f.Downloads = router.Download, true }), router.Pass},
		{"MNT-03 a page, downloads allowed", at(registry.Shut, func(f *router.Facts) { f.Downloads = true }), router.Maintenance},
		{"MNT-03 a download, not allowed", at(registry.Shut, func(f *router.Facts) { f.Part = router.Download }), router.Maintenance},

		{"suspended", at(registry.Production, func(f *router.Facts) { f.State = registry.Suspended }), router.Suspended},
		{"suspended, entered before", at(registry.Draining, func(f *router.Facts) { f.State, f.Inside = registry.Suspended, true }), router.Suspended},
		{"suspended, a download", at(registry.Production, func(f *router.Facts) {
			f.State, f.Part, f.Downloads = registry.Suspended, router.Download, true
		}), router.Suspended},
		{"suspended, a bank", at(registry.Production, func(f *router.Facts) { f.State, f.Part = registry.Suspended, router.Notice }), router.Pass},
		{"given up", at(registry.Production, func(f *router.Facts) { f.State = registry.Closed }), router.Gone},
		{"given up, a bank", at(registry.Shut, func(f *router.Facts) { f.State, f.Part = registry.Closed, router.Notice }), router.Pass},
		{"a state nobody knows", at(registry.Production, func(f *router.Facts) { f.State = "new" }), router.Suspended},
		{"a mode nobody knows", at("new", nil), router.Maintenance},

		{"FLT-03 an old schema", at(registry.Production, func(f *router.Facts) { f.Outdated = true }), router.Updating},
		{"FLT-03 an old schema, a bank", at(registry.Production, func(f *router.Facts) { f.Outdated, f.Part = true, router.Notice }), router.Updating},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := router.Judge(tt.facts); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
