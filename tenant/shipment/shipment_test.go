package shipment_test

import (
	"net/url"
	"os"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/shipment"
)

func TestDraft_Clean(t *testing.T) {
	for name, tt := range map[string]struct {
		draft shipment.Draft
		want  shipment.Draft
		field string
	}{
		"known":           {draft: shipment.Draft{Carrier: "ups", Tracking: " 1Z 9&x ", URL: "https://elsewhere.example/"}, want: shipment.Draft{Carrier: "UPS", Tracking: "1Z 9&x", URL: "https://www.ups.com/track?tracknum=1Z+9%26x"}},
		"known, no track": {draft: shipment.Draft{Carrier: "ups"}, want: shipment.Draft{Carrier: "UPS"}},
		"own":             {draft: shipment.Draft{Carrier: "Vélo Express", Tracking: "7", URL: "https://velo.example/7"}, want: shipment.Draft{Carrier: "Vélo Express", Tracking: "7", URL: "https://velo.example/7"}},
		"script":          {draft: shipment.Draft{Carrier: "X", URL: "javascript:alert(1)"}, field: "url"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tt.draft.Clean()
			if fields := fault.FieldsOf(err); tt.field != "" {
				if len(fields) != 1 || fields[0].Name != tt.field {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil || got.Carrier != tt.want.Carrier || got.Tracking != tt.want.Tracking || got.URL != tt.want.URL {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestCarriers(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range shipment.Carriers() {
		u, err := url.Parse(c.Track("A1"))
		if err != nil || u.Scheme != "https" || u.Host == "" || seen[c.Code] {
			t.Errorf("%s: %v, %v", c.Code, u, err)
		}
		seen[c.Code] = true
	}
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	i18ntest.Used(t, c, shipment.ErrNothing.Key(), shipment.ErrEmpty.Key(), shipment.ErrTooMany.Key(), shipment.ErrUnknown.Key(), shipment.ErrBillEmpty.Key(), shipment.ErrBillLong.Key(),
		"shipment.bill.shape", "shipment.bill.cost", "shipment.bill.unknown", "shipment.bill.several",
		"shipment.state.shipped", "shipment.state.delivered", "shipment.state.returned")
}
