package notify

import (
	"context"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Message is what a visitor wrote in the contact form, already checked.
type Message struct {
	Name, Email, Text string
	// Order is the number he gave, "" for none. It is not looked up: a stranger may type any.
	Order string
}

// Contact carries a visitor's message to the shop, in the shop's own language. Answering the letter
// answers him.
func (p *Post) Contact(ctx context.Context, shop *tenant.Shop, m Message) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		return p.Put(tx, letterOf(m, s.Languages.Default))
	})
}

func letterOf(m Message, l i18n.Locale) Letter {
	text := m.Text
	if m.Order != "" {
		text = Words().T(l, "notify.label.number", nil) + " " + m.Order + "\n\n" + text
	}
	return Letter{Kind: Contact, To: Staff, Locale: l, Words: map[string]string{"name": m.Name, "email": m.Email, "note": text}}
}
