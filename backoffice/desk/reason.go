package desk

import (
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/pricing"
)

// Reason is why an amount of a price is there (CAT-05): the merchant's own name for it, with what was computed.
func Reason(v ui.View, r pricing.Reason) string {
	text := v.T(r.Key, r.Args)
	if name := r.Name.In(v.Locale); name != "" && name != text {
		return name + " – " + text
	}
	return text
}
