package customer_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

// PROF-10: with a profile go its customers and the guests a shared code let in; nobody else notices.
func TestRelease(t *testing.T) {
	t.Parallel()
	d := open(t, unlimited{})
	store := customer.NewStore(d.shop)
	for name, code := range map[string]profile.Code{"Anna": "trade", "Ben": "trade", "Cleo": "pro", "Dora": ""} {
		who, err := d.Register(t.Context(), d.shop, customer.Registration{Email: name + "@example.org", Name: name, Password: password, Locale: "fr"})
		if err == nil && code != "" {
			err = d.Assign(t.Context(), d.shop, clerk, who.ID, code)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	inside := map[string]web.Digest{"trade": {1}, "pro": {2}, "": {3}}
	for code, digest := range inside {
		row := web.SessionRow{Values: map[string]string{customer.SessionProfile: code}, Expires: time.Now().Add(time.Hour)}
		if err := store.Save(t.Context(), digest, row); err != nil {
			t.Fatal(err)
		}
	}
	count := func(want map[profile.Code]int) {
		t.Helper()
		err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
			got, err := customer.CountByProfile(tx)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	count(map[profile.Code]int{"trade": 2, "pro": 1, profile.Anonymous: 1})
	err := d.shop.Write(t.Context(), func(tx tenant.Tx) error {
		n, err := customer.Release(tx, "trade")
		if n != 2 {
			t.Errorf("%d customers were released", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	count(map[profile.Code]int{"pro": 1, profile.Anonymous: 3})
	for code, digest := range inside {
		if _, err := store.Load(t.Context(), digest); (err != nil) != (code == "trade") {
			t.Errorf("the session of %q: %v", code, err)
		}
	}
	found, err := d.List(t.Context(), d.shop, customer.Filter{Profile: "pro"})
	if err != nil || len(found.Rows) != 1 || found.Rows[0].Name != "Cleo" {
		t.Errorf("PROF-10 the list of one profile: %+v %v", found.Rows, err)
	}
}
