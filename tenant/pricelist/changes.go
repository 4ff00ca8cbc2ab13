package pricelist

import (
	"slices"
	"time"
)

// changes are the moments up to an instant at which the price may have become another, the variant's making
// first.
func changes(rules []Rule, own Own, at time.Time) []time.Time {
	moments := []time.Time{own.Since}
	add := func(t *time.Time) {
		if t != nil && t.After(own.Since) && !t.After(at) {
			moments = append(moments, *t)
		}
	}
	for i := range own.Past {
		add(&own.Past[i].Until)
	}
	for i := range rules {
		r := &rules[i]
		add(&r.Written)
		add(r.From)
		add(r.Until)
		add(r.Ended)
	}
	slices.SortFunc(moments, time.Time.Compare)
	return slices.CompactFunc(moments, time.Time.Equal)
}

// NextChange is when the price of an article may be another by itself, the zero time for never: how long a page
// that shows it may be kept.
func NextChange(rules []Rule, now time.Time) time.Time {
	var next time.Time
	for i := range rules {
		if r := &rules[i]; r.Live() {
			for _, t := range []*time.Time{r.From, r.Until} {
				if t != nil && t.After(now) && (next.IsZero() || t.Before(next)) {
					next = *t
				}
			}
		}
	}
	return next
}

// Replace is the rules after an edit: those that are no longer wanted, or wanted otherwise, end now and stay as
// what held; wanted ones that are new or altered are written now. What ended too long ago to matter is
// forgotten.
func Replace(before, wanted []Rule, now time.Time) []Rule {
	var after []Rule
	for _, r := range before {
		if !r.Live() {
			if r.Ended.After(now.Add(-Remembered)) {
				after = append(after, r)
			}
			continue
		}
		i := slices.IndexFunc(wanted, func(w Rule) bool { return w.ID == r.ID })
		if i >= 0 && r.same(&wanted[i]) {
			after = append(after, r)
			continue
		}
		ended := now
		r.Ended = &ended
		after = append(after, r)
	}
	for _, w := range wanted {
		if !w.Live() {
			continue
		}
		if kept := slices.ContainsFunc(after, func(r Rule) bool { return r.ID == w.ID && r.Live() }); kept {
			continue
		}
		w.ID, w.Written, w.Ended = newID(), now, nil
		after = append(after, w)
	}
	return after
}
