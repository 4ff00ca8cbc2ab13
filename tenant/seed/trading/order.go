package trading

import (
	"context"
	"fmt"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/shipment"
)

// tell takes the order of a story to where it ends.
func (h *House) tell(ctx context.Context, s story) error {
	o, err := h.find(ctx, s.email)
	if err != nil {
		return err
	}
	if o == nil {
		placed, err := h.place(ctx, s)
		if err != nil {
			return err
		}
		if o, err = h.read(ctx, placed.Order.ID); err != nil {
			return err
		}
	}
	if s.paid && o.State == order.Placed && o.Paid.IsZero() {
		if err := h.desk.MarkPaid(ctx, h.shop, tenant.ByProgram, o.ID, o.Asks(), checkout.Remark{}); err != nil {
			return err
		}
	}
	if s.cancelled && o.Can(order.Cancel) {
		return h.desk.Cancel(ctx, h.shop, tenant.ByProgram, o.ID, checkout.Remark{Mail: true})
	}
	if err := h.ship(ctx, o, s.parcels); err != nil {
		return err
	}
	if s.delivered && o.State != order.Delivered {
		return h.desk.Deliver(ctx, h.shop, tenant.ByProgram, o.ID, checkout.Remark{})
	}
	return nil
}

// find is the order of a buyer, nil when he has not ordered yet.
func (h *House) find(ctx context.Context, email string) (*order.Order, error) {
	var found []order.ID
	err := h.shop.Read(ctx, func(tx tenant.Tx) error {
		return tx.DB().Raw("select id from orders where email = ? order by placed_at limit 1", email).Scan(&found).Error
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return h.read(ctx, found[0])
}

func (h *House) read(ctx context.Context, which order.ID) (o *order.Order, err error) {
	err = h.shop.Read(ctx, func(tx tenant.Tx) (err error) { o, err = order.Find(tx, which); return err })
	return o, err
}

// place fills a cart and orders it.
func (h *House) place(ctx context.Context, s story) (*checkout.Placed, error) {
	who := checkout.Visitor{Locale: s.locale, Profile: s.profile}
	token, err := h.fill(ctx, who, s.wants)
	if err != nil {
		return nil, err
	}
	draft := checkout.Draft{Email: s.email, Delivery: s.to, Same: true, Note: s.note}
	sheet, err := h.desk.Prepare(ctx, h.shop, who, token, draft)
	if err != nil {
		return nil, err
	}
	for _, m := range sheet.Shipping {
		if m.Refused == nil && (draft.Shipping == "" || m.Name["fr"] == s.shipping) {
			draft.Shipping = m.ID
		}
	}
	for _, m := range sheet.Payment {
		if m.Mode.Kind == s.payment {
			draft.Payment = m.Mode.ID.String()
		}
	}
	if sheet, err = h.desk.Prepare(ctx, h.shop, who, token, draft); err != nil {
		return nil, err
	}
	return h.desk.Place(ctx, h.shop, who, checkout.PlaceOrder{Cart: token, Key: s.email, Draft: sheet.Draft, Shown: sheet.Shown, Terms: true})
}

// fill makes a cart.
func (h *House) fill(ctx context.Context, who checkout.Visitor, wants []want) (token cart.Token, err error) {
	for _, w := range wants {
		a, err := h.article(ctx, w.sku)
		if err != nil {
			return "", err
		}
		kept, err := h.carts.Add(ctx, h.shop, cart.Reader{Token: token, Locale: who.Locale, Profile: who.Profile}, cart.Wish{Variant: a.Variant, Qty: w.qty})
		if err != nil {
			return "", err
		}
		token = kept.Token
	}
	return token, nil
}

// ship sends those of the parcels that have not left.
func (h *House) ship(ctx context.Context, o *order.Order, parcels []parcel) error {
	var sent []shipment.Parcel
	err := h.shop.Read(ctx, func(tx tenant.Tx) (err error) { sent, err = shipment.ListOf(tx, o.ID); return err })
	if err != nil {
		return err
	}
	for _, p := range parcels[min(len(sent), len(parcels)):] {
		cost, err := money.Parse(p.cost, money.EUR)
		if err != nil {
			return fmt.Errorf("cost of a parcel: %w", err)
		}
		d := shipment.Draft{Carrier: p.carrier, Tracking: p.tracking, Cost: &cost}
		for _, w := range p.items {
			for _, l := range o.Lines {
				if l.SKU == w.sku {
					d.Items = append(d.Items, shipment.Item{Line: l.ID, Qty: w.qty})
				}
			}
		}
		if err := h.desk.Ship(ctx, h.shop, tenant.ByProgram, o.ID, d, checkout.Remark{Mail: true}); err != nil {
			return err
		}
	}
	return nil
}
