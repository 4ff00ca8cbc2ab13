package storefront

import (
	"maps"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/terminal"
)

// checkoutView is the checkout with everything that can be chosen and what it costs.
func (v *visit) checkoutView(s *checkout.Sheet, f checkoutForm, bad refusedCheckout) (*view.Checkout, error) {
	input := func(name, value string) view.Input {
		return view.Input{Name: name, Value: value, Error: bad.fields[name]}
	}
	d := s.Draft
	out := &view.Checkout{
		Form:    view.Form{Action: post(f.of.at(v.links), "key", f.Key, "shown", s.Seen), Error: bad.whole},
		Notice:  v.notice,
		Refresh: f.of.at(v.links) + "/refresh", CartURL: f.of.from(v.links), Blocked: s.Cart.Blocked,
		Email: input("email", d.Email), Phone: input("phone", d.Phone), Note: input("note", d.Note),
		SavedName: "saved", SameName: "same", Same: d.Same && s.Cart.NeedsShipping,
		ShippingName: "shipping", ShippingError: bad.fields["shipping"], ParcelsName: "parcels", Parcels: string(s.Parcels), PaymentName: "payment", PaymentError: bad.fields["payment"],
		Terms: v.terms(s.Terms, f.Terms, bad.fields["terms"]),
	}
	if s.Customer == nil {
		out.Who = &view.Who{Name: "who", Choice: f.Who, Password: input("password", ""),
			SignIn: f.of.at(v.links) + "/sign-in", Forgot: v.links.to("/account/forgot")}
	}
	if s.Quote != nil {
		out.Quote = s.Quote.Number
	} else {
		out.Codes = v.codesView(s.Cart, v.links.to("/checkout/code"), f.Code, bad.fields[codeField])
	}
	v.checkoutAddresses(out, s, v.unknownVAT(s, bad.fields))
	for i := range s.Shipping {
		if err := v.shippingChoice(out, &s.Shipping[i]); err != nil {
			return nil, err
		}
	}
	for i := range s.Payment {
		way := v.paymentChoice(s.Payment[i].Mode, s.Payment[i].Selected)
		if err := v.paymentFee(way, s.Payment[i].Fee); err != nil {
			return nil, err
		}
		out.Payment = append(out.Payment, v.withCards(way, s.Cards, s.Customer != nil, s.Payment[i].Saves, s.Draft.With)...)
	}
	return out, v.checkoutSum(out, s)
}

// unknownVAT tells beside the field that the register does not know the VAT number, before the order is
// refused for it.
func (v *visit) unknownVAT(s *checkout.Sheet, wrong map[string]string) map[string]string {
	if s.UnknownVAT == "" || wrong[s.UnknownVAT] != "" {
		return wrong
	}
	told := maps.Clone(wrong)
	if told == nil {
		told = map[string]string{}
	}
	told[s.UnknownVAT] = v.say(checkout.ErrVATUnknown.Key(), map[string]any{"number": s.Draft.Billed().VATNumber})
	return told
}

func (v *visit) checkoutAddresses(out *view.Checkout, s *checkout.Sheet, wrong map[string]string) {
	if s.Cart.NeedsShipping {
		spec := addressSpec{name: "delivery", section: "shipping", leave: []string{address.Phone}, takes: v.profile.Sends}
		if s.Draft.Same && v.asksVAT(s.Draft.Delivery) {
			spec.add = []string{address.VATNumber}
		}
		out.Delivery = v.addressForm(spec, s.Draft.Delivery, wrong)
		v.idleVAT(out.Delivery, s.IdleVAT)
		for _, e := range s.Saved {
			out.Saved = append(out.Saved, &view.SavedAddress{Value: e.ID.String(), Lines: e.Address.Lines(v.locale()),
				Selected: e.Address.Clean() == s.Draft.Delivery.Clean()})
		}
	}
	spec := addressSpec{name: "billing", section: "billing", leave: []string{address.Phone}, takes: v.profile.Bills}
	if address.EU(s.Draft.Billing.Country) {
		spec.add = []string{address.VATNumber}
	}
	out.Billing = v.addressForm(spec, s.Draft.Billing, wrong)
	v.idleVAT(out.Billing, s.IdleVAT)
}

// idleVAT tells beside a VAT number why it changes nothing: no fault of his that stands between the buyer and his order.
func (v *visit) idleVAT(form *view.AddressForm, idle *checkout.IdleVAT) {
	for i := range form.Fields {
		if f := &form.Fields[i]; idle != nil && f.Input.Name == idle.Field && f.Input.Error == "" {
			f.Note = v.say(string(idle.Why), map[string]any{"country": address.CountryName(v.locale(), idle.Country)})
		}
	}
}

// asksVAT reports that the one address of an order, where the bill goes as well, has room for a VAT number: where
// it could change the price, and where one is there, of his book or typed before.
func (v *visit) asksVAT(a address.Address) bool {
	return a.VATNumber != "" || v.rules().Tax.Reverses(pricing.Destination{Country: a.Country, Postcode: a.Postcode})
}

// shippingChoice adds a mode that takes the goods; why another does not is no help to a buyer.
func (v *visit) shippingChoice(out *view.Checkout, o *checkout.ShippingOffer) error {
	if o.Refused != nil {
		return nil
	}
	price, err := v.sum(o.Price)
	out.Shipping = append(out.Shipping, &view.ShippingChoice{Value: o.ID, Name: o.Name.In(v.locale(), v.main()), Price: price,
		Free: o.Free(), Selected: o.Selected})
	return err
}

func (v *visit) paymentChoice(m payment.Mode, selected bool) *view.PaymentChoice {
	return &view.PaymentChoice{
		Value: m.ID.String(), Kind: paymentKind(m.Kind), Name: m.Names.In(v.locale(), v.main()),
		Instructions: paragraph(m.Texts.In(v.locale(), v.main())), Selected: selected, Scripted: m.Kind == terminal.Kind,
	}
}

// paymentFee says what a mode costs or saves before it is chosen (PAY-08).
func (v *visit) paymentFee(way *view.PaymentChoice, fee money.Amount) error {
	if fee.IsZero() {
		return nil
	}
	shown, err := v.sum(fee.Abs())
	if fee.IsPositive() {
		way.Fee = &shown
	} else {
		way.Rebate = &shown
	}
	return err
}

// paymentKind is a gateway's key in the theme's words.
func paymentKind(kind string) string {
	switch kind {
	case "cheque", "transfer":
		return kind
	case "cash_on_delivery":
		return "on_delivery"
	case "escrow":
		return kind
	}
	return "card"
}

func (v *visit) checkoutSum(out *view.Checkout, s *checkout.Sheet) (err error) {
	if out.Lines, err = v.cartLines(s.Cart); err != nil {
		return err
	}
	if s.Cart.Priced != nil {
		if out.Totals, err = v.totals(s.Cart.Priced, s.Cart.NeedsShipping && s.Draft.Shipping == "" && len(out.Shipping) > 0); err != nil {
			return err
		}
	}
	if out.Total, err = v.total(s.Cart); err != nil {
		return err
	}
	if out.Due, err = v.due(s.Cart); err != nil {
		return err
	}
	out.NothingNow = out.Due != nil && out.Due.Free
	out.NothingDue = s.Free && !out.NothingNow
	out.Charged, out.Held = v.charge(s), v.held(s)
	return nil
}

// charge is what will be charged, where that is not the amount he sees, and until when its rate is held (CUR-03).
func (v *visit) charge(s *checkout.Sheet) *view.Charge {
	a := s.Charge.Amount
	if a.Currency().IsZero() || a.Currency() == v.display.Currency {
		return nil
	}
	c := &view.Charge{Amount: v.money(a)}
	if a.Currency() != s.Total.Currency() {
		until := s.Lock.At.Add(currency.LockFor).In(v.rules().Zone)
		c.Until = &until
	}
	return c
}

// terms is what the buyer must accept; nil when the shop has no such page.
func (v *visit) terms(page string, checked bool, wrong string) *view.Terms {
	if page == "" {
		return nil
	}
	t := &view.Terms{Input: view.Input{Name: "terms", Error: wrong}, URL: v.pageURL(page), Checked: checked, Title: v.say("storefront.terms", nil)}
	if p := v.face.page(page); p != nil {
		t.Title = v.pageText(p, v.links).Title
	}
	return t
}
