package storefront

import (
	"errors"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// repeat is what the buyer of an order that is asked for again and again reads of that (PGW-31); nil for any other.
func (v *visit) repeat(p *checkout.Paper) *view.Repeat {
	if p.First == nil {
		return nil
	}
	r, l := p.First.Request.Repeat, v.locale()
	out := &view.Repeat{Title: v.say("storefront.repeat.title", nil)}
	out.Lines = append(out.Lines, v.say("storefront.repeat.terms", map[string]any{"amount": i18n.FormatMoney(l, p.Order.Show(p.Order.Total)), "rhythm": checkout.RhythmIn(l, r.Every), "times": checkout.TimesIn(l, r.Times)}))
	next, more := r.Next()
	switch {
	case !r.Stopped.IsZero():
		out.Lines = append(out.Lines, v.say("storefront.repeat.stopped", map[string]any{"day": i18n.FormatDate(l, r.Stopped.In(v.rules().Zone), i18n.Long)}))
	case !r.More():
		out.Lines = append(out.Lines, v.say("storefront.repeat.last", nil))
	case r.Start.IsZero():
		out.Lines = append(out.Lines, v.say("storefront.repeat.begins", nil))
	case more:
		out.Lines = append(out.Lines, v.say("storefront.repeat.next", map[string]any{"day": i18n.FormatDate(l, next, i18n.Long)}))
	default:
		out.Lines = append(out.Lines, v.say("storefront.repeat.paused", nil))
	}
	if !r.Retry.IsZero() {
		out.Lines = append(out.Lines, v.say("storefront.repeat.retry", map[string]any{"day": i18n.FormatDate(l, r.Retry, i18n.Long)}))
	}
	switch {
	case r.Charges():
		out.Lines = append(out.Lines, v.say("storefront.repeat.card", map[string]any{"card": checkout.CardName(r.Mandate)}), v.say("storefront.repeat.agreed", map[string]any{"day": i18n.FormatDate(l, r.Mandate.At.In(v.rules().Zone), i18n.Long), "text": r.Mandate.Text}))
	case r.More():
		out.Lines = append(out.Lines, v.say("storefront.repeat.links", nil))
		if slices.ContainsFunc(p.Offers, func(o payment.Offer) bool { return o.Repeats }) {
			out.Lines = append(out.Lines, v.say("storefront.repeat.automatic", nil))
		}
	}
	if r.More() {
		out.Lines = append(out.Lines, v.say("storefront.repeat.how", nil))
	}
	if checkout.Stoppable(p.First) {
		stop := post(v.links.order(p.Link) + "/stop")
		out.Stop, out.StopLabel, out.StopText = &stop, v.say("storefront.repeat.stop", nil), v.say("storefront.repeat.stop_text", nil)
	}
	return out
}

// repeatStop stops what an order repeats, for whoever has its link: nothing is asked for or charged any more.
func (h *Handler) repeatStop(c echo.Context, v *visit, b buyer) error {
	link := unpackLink(c.Param("link"))
	err := h.conf.Desk.StopRepeatBy(c.Request().Context(), v.shop, v.visitor(b), link)
	switch {
	case errors.Is(err, checkout.ErrNoRepeat):
		web.AddFlash(c, web.Bad, checkout.ErrNoRepeat.Key(), nil)
	case err != nil:
		return err
	default:
		web.AddFlash(c, web.Good, "storefront.repeat.done", nil)
	}
	return seeOther(c, v.links.order(link))
}
