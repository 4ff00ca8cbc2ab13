package storefront

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/terminal"
)

// secureShow is the page that says how payments are secured here (PAY-10): what the program knows of the shop's own ways to pay,
// and nothing the merchant could make up.
func (h *Handler) secureShow(c echo.Context) error {
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		modes, err := payment.ListModes(tx)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			title := v.say("storefront.secure", nil)
			s := sheet{template: "trust", title: title, at: links.secure, crumbs: []*view.Link{{Label: title, URL: v.links.secure()}}}
			return "trust", &view.TrustPage{Site: v.site(s), Title: title, Lead: v.say("storefront.secure.lead", nil), Facts: v.secured(h.conf.Desk.Modes.Gateways(), modes)}, nil
		}, nil
	})(c)
}

// secured are the facts about the shop's active ways to pay.
func (v *visit) secured(gateways *payment.Gateways, modes []payment.Mode) []string {
	var list, others []string
	if strings.HasPrefix(v.links.canonical, "https://") {
		list = append(list, v.say("storefront.secure.https", nil))
	}
	online, sealed := false, false
	for _, m := range modes {
		g, err := gateways.Find(m.Kind)
		if err != nil || !m.Active {
			continue
		}
		name := m.Names.In(v.locale(), v.main())
		switch {
		case m.Kind == terminal.Kind:
			list, sealed = append(list, v.say("storefront.secure.sealed", map[string]any{"mode": name})), true
		case g.Capabilities().Offline:
			others = append(others, name)
		case m.Test:
			list, online = append(list, v.say("storefront.secure.test", map[string]any{"mode": name})), true
		default:
			list, online = append(list, v.say("storefront.secure.bank", map[string]any{"mode": name, "bank": v.say(payment.KindKey(m.Kind), nil)})), true
		}
	}
	if online {
		list = append(list, v.say("storefront.secure.sca", nil), v.say("storefront.secure.kept", nil))
	}
	if !online && !sealed {
		list = append(list, v.say("storefront.secure.no_card", nil))
	}
	if len(others) > 0 {
		list = append(list, v.say("storefront.secure.others", map[string]any{"modes": strings.Join(others, ", ")}))
	}
	return append(list, v.say("storefront.secure.confirmed", nil))
}
